"""After sending, over HTTP: giving what is asked for, mending, withdrawing, rating, agreeing."""

from __future__ import annotations

from uuid import uuid4

from yiwang.cases import actions as cases
from yiwang.cases.models import Case, Fact, PartyRow, Rating, Task
from yiwang.cases.states import State, Verb
from yiwang.identity.models import Person
from yiwang.pack.pack import Pack
from yiwang.services.actions.draft import start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.asking import open_papers
from yiwang.services.queries import load
from yiwang.services.tests.family import actor, outcomes, reply, settle, sign_and_send
from yiwang.services.tests.office import HOSPITAL, sent, staff, uncertified
from yiwang.services.tests.visitor import agree_by_code, visitor, words


def birth(root: Case) -> Case:
    return Case.objects.get(root=root, what="birth-certificate")


def asked_for_more(root: Case) -> Case:
    clerk = staff(*HOSPITAL)
    cases.ask_more(
        birth(root).id, asks=["fact:child:0:name", "fact:child:0:birth_weight"],
        note="请核对名字和体重", staff=clerk,
    )  # fmt: skip
    return birth(root)


def test_what_an_office_asks_for_is_given_and_goes_back_to_it(city):
    root = uncertified(city)
    case = asked_for_more(root)
    mother = visitor(root.applicant)
    url = f"/my/matters/{root.number}/give/{case.number}/"

    assert "We need something from you" in words(mother.get(f"/my/matters/{root.number}/"))
    assert "请核对名字和体重" in words(mother.get(url))
    wrong = mother.post(url, {"child--0--name--": "林小雨", "child--0--birth_weight--": "9"})
    assert wrong.status_code == 422 and birth(root).state == State.SUPPLEMENTING
    given = mother.post(url, {"child--0--name--": "林小雨", "child--0--birth_weight--": "3300"})

    assert given["Location"] == f"/my/matters/{root.number}/"
    assert birth(root).state in (State.SUBMITTED, State.ACCEPTED)
    assert Fact.objects.get(element="name", role="child", current=True).value == "林小雨"
    weight = Fact.objects.get(element="birth_weight", current=True)
    assert (weight.value, weight.claimed) == (3200, 3300)
    assert mother.get(url).status_code == 409


def test_one_item_is_withdrawn_after_asking_once_more_the_others_stand(city):
    root = uncertified(city)
    mother = visitor(root.applicant)
    case = Case.objects.get(root=root, what="maternity-refund")
    url = f"/my/matters/{root.number}/withdraw/{case.number}/"

    assert mother.get(url).status_code == 200
    case.refresh_from_db()
    assert case.state == State.WAITING
    mother.post(url, {"words": "不报了"})

    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert Case.objects.filter(root=root, state=State.WITHDRAWN).count() == 1
    assert mother.get(url).status_code == 409


def test_one_tap_rates_all_that_is_done_and_only_once(city):
    root = sent(settle(city))
    decide_instantly(root.id)
    mother = visitor(root.applicant)
    url = f"/my/matters/{root.number}/rate/"

    mother.post(url, {"all": "5"})
    again = mother.post(url, {"all": "1", "words": "x"})

    assert again.status_code == 302
    assert list(Rating.objects.values_list("stars", flat=True)) == [5] * 7
    assert "How was it?" not in words(mother.get(f"/my/matters/{root.number}/"))


def test_a_bad_rating_is_asked_for_its_reason_first(city):
    root = sent(settle(city))
    decide_instantly(root.id)
    mother = visitor(root.applicant)
    url = f"/my/matters/{root.number}/rate/"

    page = mother.post(url, {"all": "2"})
    assert "What went wrong?" in words(page) and not Rating.objects.exists()
    mother.post(url, {"all": "2", "words": "太慢"})

    assert set(Rating.objects.values_list("stars", "words")) == {(2, "太慢")}
    assert Task.objects.filter(verb=Verb.REWORK).count() == 7


def test_a_refused_item_is_mended_and_examined_again_alone(city):
    root = uncertified(city)
    clerk = staff(*HOSPITAL)
    cases.accept(birth(root).id, staff=clerk)
    cases.decide(
        birth(root).id, granted=False, reasons="名字有误", basis="母婴保健法第二十三条", fills={},
        staff=clerk,
    )  # fmt: skip
    mother = visitor(root.applicant)
    case = birth(root)
    page = f"/my/matters/{root.number}/"
    url = f"{page}mend/{case.number}/"

    assert "名字有误" in words(mother.get(page)) and "名字有误" in words(mother.get(url))
    change = f"/my/drafts/{root.number}/change/child--0--name--/?case={case.number}"
    assert mother.post(change, {"child--0--name--": "林小雨"})["Location"] == url
    mother.post(url)

    rounds = Case.objects.filter(root=root, what="birth-certificate").order_by("round")
    assert [one.round for one in rounds] == [1, 2]
    assert rounds[1].state == State.SUBMITTED
    assert Fact.objects.get(element="name", role="child", current=True).value == "林小雨"


def test_once_sent_an_answer_nobody_asked_for_is_not_changed(city):
    root = uncertified(city)
    mother = visitor(root.applicant)

    answer = mother.post(
        f"/my/drafts/{root.number}/change/child--0--name--/", {"child--0--name--": "林小雨"}
    )

    assert answer.status_code == 409
    assert Fact.objects.get(element="name", role="child", current=True).value == "林小满"


def named_father(city: Pack) -> tuple[Case, Person]:
    """A mother sends what names a father no register ties to her."""
    family, father = settle(city, married=False), settle(city, serial=7).father
    assert father is not None
    given = {
        "exists": "yes", "name": father.name, "id_number": father.id_number, "married": "no",
        "ethnic_group": "01", "hukou_city": "jiangcheng", "hukou_kind": "family",
        "hukou_division": "990102001001", "household_number": "H1", "address": "某街1号",
        "insurance_status": "active", "insurance_scheme": "employee", "card_status": "active",
    }  # fmt: skip
    root = start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))
    reply(root, family.mother, **{f"father__{name}": value for name, value in given.items()})
    for key, role, index in open_papers(load(root)):
        cases.give_paper(root, material=key, role=role, index=index, document=uuid4())
    return sign_and_send(root, family.mother), father


def test_a_named_father_sees_who_asks_and_agrees(city):
    root, father = named_father(city)
    visit = visitor(father)
    url = f"/my/confirm/{root.number}/"

    assert url in visit.get("/my/").content.decode()
    page = words(visit.get(url))
    assert root.applicant.name in page and father.id_number in page
    assert root.applicant.id_number not in page
    assert visit.post(url, {"choice": "agree", "code": "123456"}).status_code == 422
    agree_by_code(visit, root, father)

    assert PartyRow.objects.get(root=root, role="father").tied == "confirmed"
    assert not Task.objects.filter(verb=Verb.CONFIRM, state="open").exists()
    assert visit.get(url).status_code == 404
    assert url not in visit.get("/my/").content.decode()


def test_a_named_father_declines_and_the_mother_is_told(city):
    root, father = named_father(city)

    url, visit = f"/my/confirm/{root.number}/", visitor(father)
    assert visit.post(url, {"choice": "decline"}).status_code == 422
    page = visit.post(url, {"choice": "decline", "words": "不是我的孩子"})

    assert "you do not agree" in words(page)
    assert "withdrawn" in outcomes(root).values()
    assert "The other person did not agree" in words(
        visitor(root.applicant).get(f"/my/matters/{root.number}/")
    )
