"""Days bound by other days: no dose before the birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yiwang.cases import actions as cases
from yiwang.cases.actions import NewFact, put_facts
from yiwang.cases.models import Case, Fact
from yiwang.cases.states import State
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.ledger.models import Act
from yiwang.rules import Column
from yiwang.services.actions.draft import contest, start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.matter import Ask
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

BORN = Ask(Column("child", "birth_date"), 0)


def days_ago(days: int) -> date:
    return moment.today() - timedelta(days=days)


def doses(city, family: Family, *, on: date, recorded: bool = True) -> None:
    put(
        city, "vaccination",
        {"birth_record_no": family.births[0], "first_doses_recorded": recorded,
         "hepatitis_b_on": on.isoformat(), "bcg_on": on.isoformat()},
    )  # fmt: skip


def answered(family: Family) -> Case:
    root = start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))
    reply(root, family.mother)
    return root


def test_a_clerk_cannot_state_a_dose_before_the_birth(city):
    family, staff = settle(city), clerk("health-commission", ["health-clerk"])
    doses(city, family, on=days_ago(3), recorded=False)
    root = sign_and_send(answered(family), family.mother)
    case = Case.objects.get(root=root, what="vaccination-record")
    cases.accept(case.id, staff=staff)
    acts = Act.objects.count()
    typed = {"child.hepatitis_b_on": str(days_ago(4)), "child.bcg_on": str(days_ago(3))}

    with pytest.raises(BadInputs) as caught:
        cases.decide(case.id, granted=True, reasons="", basis="", fills=typed, staff=staff)

    (wrong,) = caught.value.inputs
    assert wrong.field == "child.hepatitis_b_on"
    assert wrong.text.en.startswith(
        "Day of first hepatitis B dose: it cannot be before the Date of birth of the child ("
    )
    assert wrong.text.zh.startswith("首针乙肝接种日期不能早于孩子的出生日期（")
    case.refresh_from_db()
    assert (case.state, Act.objects.count()) == (State.ACCEPTED, acts)


def test_what_registers_tell_in_the_wrong_order_is_looked_at_by_a_person(city):
    family = settle(city)
    doses(city, family, on=days_ago(5))
    root = sign_and_send(answered(family), family.mother)

    decide_instantly(root.id)

    found = outcomes(root)
    assert found["vaccination-record"] == "submitted"
    assert found["child-care-guidance"] == "granted"


def test_a_birth_after_the_doses_is_refused_as_it_is_typed(city):
    family = settle(city)
    root = answered(family)

    with pytest.raises(BadInput) as caught:
        contest(root.id, BORN, str(days_ago(1)), by=actor(family.mother))

    assert caught.value.field == BORN.name
    assert caught.value.text.zh.startswith("首针乙肝接种日期不能早于孩子的出生日期（")
    assert not Fact.objects.filter(root=root, contested=True).exists()


def test_what_became_known_later_is_checked_before_sending(city):
    family = settle(city)
    root = answered(family)
    put_facts(root, [NewFact("child", 0, "birth_date", str(days_ago(1)), source="person")])

    with pytest.raises(Refusal) as caught:
        sign_and_send(root, family.mother)

    root.refresh_from_db()
    assert "首针乙肝接种日期" in caught.value.text.zh
    assert root.state == State.DRAFT
