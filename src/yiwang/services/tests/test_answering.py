"""From the guide to the receipt, over HTTP, on the real pack."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.iso7064 import mod_11_2

from yiwang.cases.models import Case, Fact, Supplied
from yiwang.cases.states import State
from yiwang.files.tests.samples import png
from yiwang.kernel import moment
from yiwang.ledger.models import Act
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.declarations import Bundle, Service
from yiwang.services.tests.family import put, settle
from yiwang.services.tests.visitor import (
    answer_all,
    asked,
    begin,
    code_for,
    key_on,
    typed,
    visitor,
    words,
)


def the_root(url: str) -> Case:
    return Case.objects.get(number=url.split("/")[3], parent=None)


def test_a_mother_answers_once_signs_and_follows_one_timeline(city):
    mother = visitor(settle(city).mother)

    url = begin(mother)
    seen = answer_all(mother, url)
    root = the_root(url)
    check = mother.get(url + "check/")
    assert mother.post(url + "code/").status_code == 302
    sent = mother.post(url + "send/", {"key": key_on(check), "code": code_for(root)})

    assert len(seen) == len(set(seen)) == 10
    assert "Check, then send" in words(check) and "林小满" in words(check)
    assert sent["Location"] == f"/my/matters/{root.number}/sent/"
    receipt = mother.get(sent["Location"])
    assert root.number in words(receipt) and "hx-trigger" in receipt.content.decode()
    decide_instantly(root.id)
    page = words(mother.get(f"/my/matters/{root.number}/"))
    assert "7 of 7 items granted" in page and "You sent it" in page
    assert page.count("granted at once, by rule") == 2 * 7  # each names its proof too


def test_pressed_twice_it_is_sent_once(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)
    answer_all(mother, url)
    root = the_root(url)
    mother.post(url + "code/")
    form = {"key": key_on(mother.get(url + "check/")), "code": code_for(root)}

    first, second = mother.post(url + "send/", form), mother.post(url + "send/", form)

    assert first["Location"] == second["Location"] == f"/my/matters/{root.number}/sent/"
    assert Act.objects.filter(what="case.sent").count() == 1
    assert Case.objects.filter(parent=root).count() == 7


def test_a_wrong_code_sends_nothing_and_says_so_at_the_field(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)
    answer_all(mother, url)
    mother.post(url + "code/")
    key = key_on(mother.get(url + "check/"))

    answer = mother.post(url + "send/", {"key": key, "code": "12"})

    assert answer.status_code == 422
    assert "This code is wrong or has run out" in words(answer)
    assert key_on(answer) == key
    assert the_root(url).state == State.DRAFT
    assert not Act.objects.filter(what="case.sent").exists()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)
    answer_all_but_delivery(mother, url)
    names = asked(mother.get(url))
    before = Fact.objects.count()

    answer = mother.post(url, typed(names, case__contact_phone="138", case__delivery=""))

    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-case--0--contact_phone--"' in body
    assert 'href="#f-case--0--delivery---1"' in body
    assert 'value="138"' in body
    assert Fact.objects.count() == before


def answer_all_but_delivery(client, url):
    for _ in range(10):
        names = asked(client.get(url))
        if "case--0--delivery--" in names:
            return
        client.post(url, typed(names))
    raise AssertionError("nobody asked how the papers come")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "", "林小满" * 30])
def test_a_name_that_is_none_is_refused_and_never_run(city, name):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    answer = mother.post(url, {"ask": ["child--0--name--"], "child--0--name--": name})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert not Fact.objects.filter(element="name", role="child").exists()


def test_a_question_nobody_asked_is_not_taken(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)
    forged = "mother--0--insurance_status--"

    answer = mother.post(url, {"ask": [forged, "nobody", "child--9--name--"], forged: "none"})

    assert answer.status_code == 302
    assert Fact.objects.get(element="insurance_status", role="mother", current=True).value == (
        "active"
    )


def test_elder_mode_asks_one_thing_a_page(city):
    mother = visitor(settle(city).mother, elder=True)
    url = begin(mother)

    for _ in range(4):
        names = asked(mother.get(url))
        assert len(names) == 1
        mother.post(url, typed(names))


def test_an_answer_is_changed_and_a_register_contested(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)
    answer_all(mother, url)

    changed = mother.post(url + "change/child--0--name--/", {"child--0--name--": "林小雨"})
    contested = mother.post(
        url + "contest/child--0--birth_weight--/", {"child--0--birth_weight--": "3300"}
    )

    assert changed["Location"] == contested["Location"] == url + "check/"
    check = words(mother.get(url + "check/"))
    assert "林小雨" in check and "林小满" not in check
    assert "You say: 3300 g. On record: 3200 g." in check
    weight = Fact.objects.get(element="birth_weight", current=True)
    assert (weight.value, weight.claimed, weight.contested) == (3200, 3300, True)


def test_a_registers_value_is_not_changed_as_if_it_were_an_answer(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    answer = mother.post(
        url + "change/child--0--birth_weight--/", {"child--0--birth_weight--": "1"}
    )

    assert answer.status_code == 404
    assert not Fact.objects.get(element="birth_weight", current=True).contested


def test_what_a_register_tells_of_the_father_is_masked_for_the_mother(city):
    family = settle(city)
    mother = visitor(family.mother)
    url = begin(mother)
    answer_all(mother, url)

    check = words(mother.get(url + "check/"))

    assert family.father.id_number not in check
    assert family.father.name not in check and "沈*" in check
    assert family.mother.id_number in check
    assert "On record, not shown to you" in check


def test_documents_are_taken_one_wrong_file_loses_no_good_one(city, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    family = settle(city, married=False, licences=False)
    mother = visitor(family.mother)
    url = begin(mother)
    answer_all(mother, url)
    assert mother.get(url)["Location"] == url + "papers/"
    page = mother.get(url + "papers/")
    fields = re.findall(r'type="file"[^>]*name="([^"]+)"', page.content.decode())

    good = SimpleUploadedFile("id.png", png(), "image/png")
    bad = SimpleUploadedFile("id.png", b"MZ this is a program", "image/png")
    answer = mother.post(url + "papers/", {fields[0]: good, fields[1]: bad})

    assert len(fields) == 2 and answer.status_code == 422
    assert f'href="#f-{fields[1]}"' in answer.content.decode()
    assert "id.png" in words(answer)
    given = Supplied.objects.get(current=True)
    assert fields[0] == f"paper--{given.material}--{given.role}--{given.index}"
    taken = mother.post(f"{url}papers/{given.document}/")
    assert taken.status_code == 302 and not Supplied.objects.filter(current=True).exists()


def test_with_questions_open_there_is_no_button_to_send(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    check = mother.get(url + "check/")
    sent = mother.post(url + "send/", {"key": "early", "code": ""})

    assert "still open" in words(check) and 'name="key"' not in check.content.decode()
    assert sent.status_code in (409, 422)
    assert the_root(url).state == State.DRAFT


def test_a_draft_is_discarded_only_when_asked_twice(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    assert mother.get(url + "discard/").status_code == 200
    assert the_root(url).state == State.DRAFT
    mother.post(url + "discard/")

    assert the_root(url).state == State.WITHDRAWN
    assert mother.get("/my/matters/").status_code == 200
    assert the_root(url).number not in words(mother.get("/my/matters/"))


def test_somebody_elses_number_is_as_if_it_were_none(city):
    mother, other = settle(city).mother, settle(city, serial=9).mother
    url = begin(visitor(mother))
    number = the_root(url).number
    stranger = visitor(other)
    addresses = [
        url, url + "waiting/", url + "change/child--0--name--/", url + "check/", url + "papers/",
        url + "contest/child--0--birth_weight--/", url + "discard/",
        f"/my/matters/{number}/", f"/my/matters/{number}/sent/", f"/my/matters/{number}/parts/",
        f"/my/matters/{number}/rate/", f"/my/matters/{number}/withdraw/", f"/my/confirm/{number}/",
        f"/my/matters/{number}/give/{number}/", f"/my/matters/{number}/mend/{number}/",
    ]  # fmt: skip

    for address in addresses:
        assert stranger.get(address).status_code == 404, address
        assert "There is no such matter of yours" in words(stranger.get(address)), address
    for address in (url + "send/", url + "code/"):
        assert stranger.post(address).status_code == 404, address


def test_every_guide_of_the_pack_opens_in_both_languages(client, city):
    addresses = [f"/things/{id}/" for id in city.all(Bundle)]
    addresses += [f"/services/{id}/" for id in city.all(Service)]

    for address in ["/", *addresses]:
        for language in ("en", "zh-hans"):
            answer = client.get(address, headers={"accept-language": language})
            assert answer.status_code == 200, address


def test_the_guide_tells_figures_worked_out_from_the_items(client, city):
    guide = words(client.get("/things/newborn/", headers={"accept-language": "en"}))

    assert "Items at one go 7" in guide
    assert "Done within 5 working days" in guide
    assert "Days it takes 72 5 at most" in guide
    assert "Visits 4 0" in guide


def test_while_a_slow_register_is_asked_the_page_says_so_and_goes_on(city, monkeypatch):
    monkeypatch.setenv("YIWANG_SOURCE_LINJIANG", "http://127.0.0.1:9/")
    family = settle(city, married=False)
    number = "99020219930809053"
    put(
        city, "marriages",
        {"marriage_certificate_no": "J-1", "wife_id_number": family.mother.id_number,
         "husband_id_number": number + mod_11_2.calc_check_digit(number),
         "marriage_date": "2021-01-01", "in_force": True},
    )  # fmt: skip
    mother = visitor(family.mother)

    url = begin(mother)
    page = mother.get(url)
    mark = re.findall(r"waiting/\?mark=(\w+)", page.content.decode())[0]

    assert asked(page) and "Asking for you now" in words(page)
    assert mother.get(url + "waiting/", {"mark": mark}).status_code == 204
    with moment.at(moment.now() + timedelta(seconds=3)):
        late = mother.get(url + "waiting/", {"mark": mark})
        alone = mother.get(url + "waiting/", {"mark": mark, "alone": "1"})
        assert "We ask only for what is still missing" in words(late)
        assert (alone.status_code, alone["HX-Refresh"]) == (204, "true")
        answers = {"name": "顾临", "ethnic_group": "01", "hukou_city": "linjiang",
                   "hukou_kind": "family"}  # fmt: skip
        answer_all(mother, url, **{f"father__{name}": one for name, one in answers.items()})
        assert "You told us, to be checked" in words(mother.get(url + "check/"))


def test_the_father_does_not_see_the_mothers_number_in_the_childs_record(city):
    family = settle(city)
    father = visitor(family.father)
    answer = father.post("/my/start/things/newborn/", {"role": "father"})
    url = answer["Location"]
    answer_all(father, url, father__married="yes")

    check = words(father.get(url + "check/"))

    assert family.father.id_number in check
    assert family.mother.id_number not in check
