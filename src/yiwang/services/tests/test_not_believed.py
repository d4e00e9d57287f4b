"""Whoever posts what nobody asked is not believed, and nobody looks up a stranger."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest

from yiwang.cases import actions as cases
from yiwang.cases.actions import NewFact, NewMember, put_facts, put_members
from yiwang.cases.models import Case, Fact, PartyRow, Task
from yiwang.cases.states import State, Verb
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.models import Act
from yiwang.notices.models import Message
from yiwang.registers.models import Reading
from yiwang.rules import Column
from yiwang.services.actions.draft import answer, contest, start
from yiwang.services.actions.send import again
from yiwang.services.gather import gather
from yiwang.services.matter import COUNT, Ask
from yiwang.services.plan import EXISTS
from yiwang.services.queries import load
from yiwang.services.tests.family import actor, outcomes, resident, settle
from yiwang.services.tests.test_following import named_father
from yiwang.services.tests.visitor import answer_all, begin, code_for, key_on, visitor


def the_root(url: str) -> Case:
    return Case.objects.get(number=url.split("/")[3], parent=None)


def stranger(pack, serial=41):
    return resident(pack, identity_number("990102", date(1991, 2, 3), serial), "周远")


def alone(pack):
    """A woman no register knows to have given birth."""
    return resident(pack, identity_number("990102", date(1992, 5, 6), 44), "何清")


def ask(role, element, index=0):
    return Ask(Column(role, element), index)


def asked_by(root, number) -> list[Reading]:
    """What registers were asked in a matter by this number."""
    return [one for one in Reading.objects.filter(root=root.id) if number in one.by.values()]


def test_what_only_a_register_tells_is_not_taken_from_a_form(city):
    person = alone(city)
    mother = visitor(person)
    url = begin(mother)
    mother.post(url, {"ask": "child--0--count--", "child--0--count--": "1"})

    forged = {
        "birth_certified": "yes", "certificate_issued": "no",
        "birth_certificate_no": "J20260000001", "mother_id_number": str(person.id_number),
    }  # fmt: skip
    for element, value in forged.items():
        name = f"child--0--{element}--"
        mother.post(url, {"ask": name, name: value})

    told = Fact.objects.filter(root=the_root(url), role="child", source="person")
    assert not told.exists()


@pytest.mark.parametrize("element", ["birth_certified", "mother_id_number"])
def test_the_action_itself_takes_no_answer_nobody_asked_for(city, element):
    person = alone(city)
    root = start("bundle", "newborn", "mother", person=person, by=actor(person))
    one, forged = ask("child", COUNT), ask("child", element)
    answer(root.id, [one], {one.name: "1"}, by=actor(person))
    acts = Act.objects.count()

    with pytest.raises(BadInputs):
        answer(root.id, [forged], {forged.name: "yes"}, by=actor(person))

    assert not Fact.objects.filter(root=root, element=element).exists()
    assert Act.objects.count() == acts


def test_an_applicant_cannot_say_that_there_is_no_applicant(city):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    mother.post(url, {"ask": "mother--0--exists--", "mother--0--exists--": "no"})

    row = PartyRow.objects.get(root=the_root(url), role="mother")
    assert (row.tied, row.exists) == ("applicant", True)


def test_nobody_claims_to_be_somebody_else_to_read_what_is_known_of_them(city):
    victim, thief = settle(city).mother, alone(city)
    client = visitor(thief)
    url = begin(client)
    name = "mother--0--id_number--"

    told = client.post(url + f"contest/{name}/", {name: victim.id_number})
    client.post(url, {"ask": "child--0--count--", "child--0--count--": "1"})

    root = the_root(url)
    assert told.status_code == 404
    assert not asked_by(root, victim.id_number)
    with pytest.raises(BadInput):
        contest(root.id, ask("mother", "id_number"), str(victim.id_number), by=actor(thief))


def test_naming_a_woman_does_not_tell_whether_she_gave_birth(city):
    victim = settle(city).mother
    man = stranger(city)
    root = start("bundle", "newborn", "father", person=man, by=actor(man))
    put_members(root, [NewMember("mother", 0, victim.id, True, PartyRow.Tied.STATED)])
    put_facts(root, [NewFact("mother", 0, "id_number", victim.id_number, source="person")])
    gather(root, by=actor(man))

    assert not asked_by(root, victim.id_number)
    assert not PartyRow.objects.filter(root=root, role="child").exists()


def with_father(city, number):
    """A draft of an unmarried mother who named a father."""
    mother = settle(city, married=False).mother
    root = start("bundle", "newborn", "mother", person=mother, by=actor(mother))
    there, his = ask("father", EXISTS), ask("father", "id_number")
    answer(root.id, [there], {there.name: "yes"}, by=actor(mother))
    answer(root.id, [his], {his.name: str(number)}, by=actor(mother))
    return root, mother, there, his


def test_whoever_is_named_instead_is_the_one_to_agree(city):
    friend, other = stranger(city, 41), stranger(city, 43)
    root, mother, _, his = with_father(city, friend.id_number)

    answer(root.id, [his], {his.name: str(other.id_number)}, by=actor(mother))

    assert PartyRow.objects.get(root=root, role="father").person_id == other.id


def test_saying_no_and_yes_again_keeps_who_was_named(city):
    friend = stranger(city)
    root, mother, there, _ = with_father(city, friend.id_number)

    for word in ("no", "yes"):
        answer(root.id, [there], {there.name: word}, by=actor(mother))

    assert PartyRow.objects.get(root=root, role="father").person_id == friend.id


def test_one_child_fewer_is_one_child_fewer(city):
    person = alone(city)
    root = start("bundle", "newborn", "mother", person=person, by=actor(person))
    count = ask("child", COUNT)
    answer(root.id, [count], {count.name: "3"}, by=actor(person))
    first = PartyRow.objects.get(root=root, role="child", index=0).person_id

    matter = answer(root.id, [count], {count.name: "2"}, by=actor(person))

    assert matter.indexes("child") == (0, 1)
    assert PartyRow.objects.get(root=root, role="child", index=0).person_id == first


def test_who_said_no_is_not_asked_again_about_the_same(city):
    root, father = named_father(city)
    cases.decline(root.id, person=father.id, words="", by=actor(father))
    item = Case.objects.get(root=root, what="birth-certificate", kind="service")
    told = Message.objects.filter(recipient=father.id).count()

    with pytest.raises(Refusal):
        again(item.id, by=actor(root.applicant))

    assert not Task.objects.filter(verb=Verb.CONFIRM, person=father, state="open").exists()
    assert Message.objects.filter(recipient=father.id).count() == told


def test_who_said_no_is_asked_again_once_what_concerns_them_changed(city):
    root, father = named_father(city)
    cases.decline(root.id, person=father.id, words="", by=actor(father))
    item = Case.objects.get(root=root, what="birth-certificate", kind="service")
    told = Message.objects.filter(recipient=father.id).count()
    name, by = ask("father", "name"), actor(root.applicant)
    answer(root.id, [name], {name.name: "沈远方"}, by=by)

    case = again(item.id, by=by)

    assert case.state == State.WAITING
    assert Task.objects.filter(case=case, verb=Verb.CONFIRM, person=father).exists()
    assert Message.objects.filter(recipient=father.id).count() == told + 1


def test_after_sending_nobody_is_exchanged(city):
    root, father = named_father(city)
    cases.decline(root.id, person=father.id, words="", by=actor(father))
    his, other, by = ask("father", "id_number"), stranger(city), actor(root.applicant)

    with pytest.raises(BadInputs):
        answer(root.id, [his], {his.name: str(other.id_number)}, by=by)

    assert load(root).facts[his.key].value == father.id_number


@pytest.mark.parametrize(
    "name", ["child--" + "9" * 5000 + "--name--", "child--٠--name--", "child--99--name--"]
)
def test_a_place_that_is_no_place_is_no_question(city, name):
    mother = visitor(settle(city).mother)
    url = begin(mother)

    form = urlencode({"ask": name, name: "x"})
    kind = "application/x-www-form-urlencoded"
    assert mother.post(url, form, content_type=kind).status_code == 302


def test_a_count_of_five_thousand_digits_is_a_wrong_answer(city):
    mother = visitor(alone(city))
    url = begin(mother)

    answered = mother.post(url, {"ask": "child--0--count--", "child--0--count--": "9" * 5000})

    assert answered.status_code == 422


def test_the_same_key_for_another_matter_sends_that_too(city):
    one, two = visitor(settle(city).mother), visitor(settle(city, serial=6).mother)
    sent = []
    for client in (one, two):
        url = begin(client)
        answer_all(client, url)
        key_on(client.get(url + "check/"))
        client.post(url + "code/")
        form = {"key": "1", "code": code_for(the_root(url))}
        sent.append(client.post(url + "send/", form).status_code)

    assert sent == [302, 302]
    assert "withdrawn" not in outcomes(the_root(url)).values()
