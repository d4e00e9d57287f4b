"""One birth, in the registers of the real pack: asked once, decided side by side."""

from __future__ import annotations

import pytest

from yiwang.cases import actions as cases
from yiwang.cases.errors import NoSuchCase, OutOfOrder
from yiwang.cases.models import Case, Task
from yiwang.cases.states import State
from yiwang.identity.models import Mandate, Person
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.ledger.models import Act
from yiwang.licences.models import Licence
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.registers.models import Row
from yiwang.rules import Column
from yiwang.services.actions.draft import answer, contest, start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.actions.send import SIGN, again, ask_signature, send
from yiwang.services.asking import next_page, open_papers, open_questions
from yiwang.services.matter import Ask
from yiwang.services.queries import load
from yiwang.services.replay import replay
from yiwang.services.summary import summary_digest
from yiwang.services.tests.family import (
    Family,
    actor,
    clerk,
    outcomes,
    put,
    reply,
    settle,
    sign_and_send,
)

SEVEN = {
    "birth-certificate", "vaccination-record", "household-registration",
    "medical-insurance-enrolment", "social-security-card", "maternity-refund",
    "child-care-guidance",
}  # fmt: skip


def began(family: Family) -> Case:
    return start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))


def sent(family: Family, **more: str) -> Case:
    root = began(family)
    reply(root, family.mother, **more)
    return sign_and_send(root, family.mother)


def test_all_seven_are_granted_at_once_where_everything_is_known(city):
    family = settle(city)

    root = sent(family)
    decide_instantly(root.id)

    root.refresh_from_db()
    child = Mandate.objects.get(agent=family.mother).person
    assert outcomes(root) == dict.fromkeys(SEVEN, "granted")
    assert (root.state, root.outcome) == (State.CLOSED, "granted")
    assert child.name == "林小满" and child.id_number.startswith("990102")
    row = Row.objects.get(register="population", key=child.id_number)
    assert [row.values[name] for name in ("name", "mother_id_number", "father_id_number")] == [
        "林小满", family.mother.id_number, family.father.id_number,
    ]  # fmt: skip
    assert Licence.objects.filter(holder=child).count() == 6
    assert Licence.objects.get(holder=family.mother, case__isnull=False).kind == (
        "maternity-refund-notice"
    )
    assert set(Mandate.objects.filter(person=child).values_list("agent", flat=True)) == {
        family.mother.id,
        family.father.id,
    }


def test_only_what_no_register_knows_is_asked_and_nothing_twice(city):
    family = settle(city)
    root = began(family)

    asked = reply(root, family.mother)

    assert len(asked) == len({ask.key for ask in asked}) == 10
    assert not open_papers(load(root))
    assert {ask.column.element for ask in asked} == {
        "guidance_way", "name", "registers_with", "card_bank", "contact_phone", "delivery",
        "photo_wanted", "confirms_record", "agrees_bank_data", "agrees_guidance",
    }  # fmt: skip


def test_twins_have_cases_of_their_own_and_the_refund_is_one(city):
    family = settle(city, children=2)
    root = began(family)

    asked = reply(root, family.mother)
    sign_and_send(root, family.mother)
    decide_instantly(root.id)

    names = [ask for ask in asked if ask.column == Column("child", "name")]
    assert [ask.index for ask in names] == [0, 1]
    assert len([ask for ask in asked if ask.column.element == "contact_phone"]) == 1
    found = outcomes(root)
    assert len(found) == 13 and set(found.values()) == {"granted"}
    numbers = {p.id_number for p in Person.objects.filter(represented_by__agent=family.mother)}
    assert len(numbers) == 2 and None not in numbers


def test_twins_cannot_bear_the_same_name(city):
    family = settle(city, children=2)
    root = began(family)
    asks = [Ask(Column("child", "name"), n) for n in (0, 1)]
    answer(root.id, [asks[0]], {asks[0].name: "林小满"}, by=actor(family.mother))

    with pytest.raises(BadInputs) as caught:
        answer(root.id, [asks[1]], {asks[1].name: "林小满"}, by=actor(family.mother))

    assert [one.field for one in caught.value.inputs] == [asks[1].name]
    assert load(root).known(asks[1]) is None


def test_a_mother_alone_is_asked_about_a_father_once_and_needs_none(city):
    family = settle(city, married=False)
    root = began(family)

    asked = reply(root, family.mother)
    sign_and_send(root, family.mother)
    decide_instantly(root.id)

    assert asked[0].column == Column("father", "exists")
    assert not [ask for ask in asked[1:] if ask.column.party == "father"]
    assert "registers_with" not in {ask.column.element for ask in asked}
    assert outcomes(root) == dict.fromkeys(SEVEN, "granted")


def test_a_childs_row_names_no_father_where_there_is_none(city):
    family = settle(city, married=False)

    root = sent(family)
    decide_instantly(root.id)

    child = Mandate.objects.get(agent=family.mother).person
    row = Row.objects.get(register="population", key=child.id_number)
    assert row.values["mother_id_number"] == family.mother.id_number
    assert "father_id_number" not in row.values


def test_a_birth_the_hospital_has_not_certified_waits_for_its_clerk(city):
    family = settle(city, certified=False)
    root = sent(family)

    decide_instantly(root.id)

    found = outcomes(root)
    assert found["birth-certificate"] == "submitted"
    assert found["household-registration"] == found["maternity-refund"] == "waiting"
    assert found["child-care-guidance"] == "granted"


def hospital():
    return clerk("maternity-hospital", ["hospital-clerk"], "许医生")


def test_a_clerk_decides_and_what_waited_goes_on(city):
    family, staff = settle(city, certified=False), hospital()
    root = sent(family)
    decide_instantly(root.id)
    case = Case.objects.get(root=root, what="birth-certificate")

    cases.accept(case.id, staff=staff)
    cases.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=staff)
    decide_instantly(root.id)

    assert outcomes(root) == dict.fromkeys(SEVEN, "granted")
    told = replay(case.number)
    assert told["same"] and told["granted"] and not told["by_rule"]
    assert case.number in replay(root.number)["items"]


def test_one_refusal_leaves_the_others_standing_and_is_examined_again_alone(city):
    family, staff = settle(city, certified=False), hospital()
    root = sent(family)
    case = Case.objects.get(root=root, what="birth-certificate")
    cases.accept(case.id, staff=staff)

    cases.decide(
        case.id, granted=False, reasons="分娩记录与申请不符", basis="same-mother", fills={},
        staff=staff,
    )  # fmt: skip
    decide_instantly(root.id)

    root.refresh_from_db()
    found = outcomes(root)
    assert found["birth-certificate"] == "refused"
    assert found["child-care-guidance"] == found["vaccination-record"] == "granted"
    assert found["household-registration"] == "waiting"
    assert (root.state, root.outcome) == (State.CLOSED, "partly")

    anew = again(case.id, by=actor(family.mother))

    assert (anew.round, anew.state) == (2, State.SUBMITTED)
    waiting = Case.objects.get(root=root, what="household-registration")
    assert waiting.waits_for == [anew.id]
    root.refresh_from_db()
    assert root.state == State.UNDER_WAY


def test_a_refusal_without_reasons_changes_and_records_nothing(city):
    family, staff = settle(city, certified=False), hospital()
    root = sent(family)
    case = Case.objects.get(root=root, what="birth-certificate")
    cases.accept(case.id, staff=staff)
    before = Act.objects.count()

    with pytest.raises(Refusal):
        cases.decide(case.id, granted=False, reasons=" ", basis="", fills={}, staff=staff)

    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert Act.objects.count() == before


def test_another_department_cannot_decide(city):
    family = settle(city, certified=False)
    police = clerk("public-security", ["household-officer"], "民警")
    root = sent(family)
    case = Case.objects.get(root=root, what="birth-certificate")

    with pytest.raises(Refusal):
        cases.accept(case.id, staff=police)

    assert Task.objects.get(case=case).state == "open"


def test_a_form_sent_twice_is_one_matter(city):
    family = settle(city)
    root = sent(family)

    same = send(root.id, key="key-1", code="whatever", by=actor(family.mother))
    with pytest.raises(OutOfOrder):
        send(root.id, key="key-2", code="whatever", by=actor(family.mother))

    assert same.id == root.id
    assert Case.objects.filter(root=root).count() == 8


def test_a_wrong_code_sends_nothing(city):
    family = settle(city)
    root = began(family)
    reply(root, family.mother)

    with pytest.raises(BadInput):
        send(root.id, key="k", code="000000", by=actor(family.mother))

    root.refresh_from_db()
    assert root.state == State.DRAFT
    assert Case.objects.filter(root=root).count() == 1


def test_a_wrong_code_counts_as_a_try_though_nothing_is_sent(city):
    family = settle(city)
    root = began(family)
    reply(root, family.mother)
    ask_signature(root)
    acts = Act.objects.count()

    for _ in range(5):
        with pytest.raises(BadInput):
            send(root.id, key="k", code="wrong", by=actor(family.mother))

    code = newest_code(family.mother.id, SIGN, summary_digest(load(root)))
    assert code is not None
    assert code.tries == 5
    with pytest.raises(BadInput):
        right = digits_of(code.id, code.salt)
        send(root.id, key="k", code=right, by=actor(family.mother))
    root.refresh_from_db()
    assert root.state == State.DRAFT
    assert Act.objects.count() == acts


def test_wrong_answers_are_told_together_and_none_is_kept(city):
    family = settle(city)
    root = began(family)
    asks = [Ask(Column("child", "name"), 0), Ask(Column("case", "contact_phone"), 0)]

    with pytest.raises(BadInputs) as caught:
        answer(root.id, asks, {asks[0].name: "林小满", asks[1].name: "12"}, by=actor(family.mother))

    assert [one.field for one in caught.value.inputs] == [asks[1].name]
    assert load(root).known(asks[0]) is None


def test_a_contested_value_goes_to_a_person(city):
    family = settle(city)
    root = began(family)
    reply(root, family.mother)

    contest(root.id, Ask(Column("child", "birth_weight"), 0), "3400", by=actor(family.mother))
    sign_and_send(root, family.mother)
    decide_instantly(root.id)

    known = load(root).known(Ask(Column("child", "birth_weight"), 0))
    assert (known.value, known.claimed, known.contested) == (3200, 3400, True)
    assert outcomes(root)["birth-certificate"] == "submitted"


def test_a_silent_source_turns_into_a_question_and_its_answer_is_provisional(city):
    family = settle(city, married=False, serial=31)
    father = "990202199308090531"
    number = father[:17] + _check(father[:17])
    put(
        city, "marriages",
        {"marriage_certificate_no": "J-2", "wife_id_number": family.mother.id_number,
         "husband_id_number": number, "marriage_date": "2021-01-01", "in_force": True},
    )  # fmt: skip
    root = began(family)

    asked = reply(
        root, family.mother, father__name="顾临", father__ethnic_group="01",
        father__hukou_city="linjiang", father__hukou_kind="family",
    )  # fmt: skip

    matter = load(root)
    assert Column("father", "name") in [ask.column for ask in asked]
    assert matter.known(Ask(Column("father", "name"), 0)).provisional
    assert not open_questions(matter)
    sign_root = load(root)
    papers = open_papers(sign_root)
    assert ("id-card", "father", 0) in papers


def _check(head: str) -> str:
    from stdnum.iso7064 import mod_11_2  # noqa: PLC0415

    return mod_11_2.calc_check_digit(head)


def test_withdrawing_all_leaves_what_was_decided(city):
    family = settle(city, certified=False)
    root = sent(family)
    decide_instantly(root.id)

    taken = cases.withdraw(root.id, person=family.mother.id, words="", by=actor(family.mother))

    root.refresh_from_db()
    assert "child-care-guidance" not in {case.what for case in taken}
    assert outcomes(root)["birth-certificate"] == "withdrawn"
    assert outcomes(root)["child-care-guidance"] == "granted"
    assert root.state == State.CLOSED
    with pytest.raises(NoSuchCase):
        cases.withdraw(root.id, person=family.father.id, words="", by=actor(family.father))


def test_a_bad_rating_opens_a_task_to_make_good_and_only_one_rating_is_taken(city):
    family, staff = settle(city), clerk("health-commission", ["health-clerk"])
    root = sent(family)
    decide_instantly(root.id)
    case = Case.objects.get(root=root, what="child-care-guidance")

    cases.rate(case.id, person=family.mother.id, stars=1, words="没人联系", by=actor(family.mother))
    with pytest.raises(Refusal):
        cases.rate(case.id, person=family.mother.id, stars=5, words="", by=actor(family.mother))

    task = Task.objects.get(case=case, verb="rework")
    assert task.due_on is not None and task.department == "health-commission"
    cases.finish_rework(case.id, words="已电话联系并约定上门时间", staff=staff)
    task.refresh_from_db()
    assert task.state == "done"


def test_a_draft_left_is_found_again(city):
    family = settle(city)
    root = began(family)
    page = next_page(load(root))

    same = began(family)

    assert same.id == root.id
    assert next_page(load(same)) == page
