"""Grants given on request: the gate honours them for their items, days and rhythm, no longer."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.ledger.models import Act
from yiwang.registers import followers, gate
from yiwang.registers.actions import count_rows, give_grant, load_rows, withdraw_grant
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask
from yiwang.registers.models import GivenGrant, Reading
from yiwang.registers.queries import uncounted
from yiwang.registers.tests.town import CLERK, MOTHER
from yiwang.registers.uses import uses_of

PURPOSE = "service:certificate"


@pytest.fixture
def population(pack, monkeypatch):
    known = {PURPOSE: ["certificate"], "bundle:newborn": ["certificate", "card"]}
    monkeypatch.setattr(followers.ITEMS, "_entries", {"x": known.get})
    register = pack.all(Register)["population"]
    load_rows(register, [{"id_number": MOTHER, "name": "林岚", "sex": "female"}], by=CLERK)
    return register


def given(**changed):
    terms = {
        "register": "population", "department": "insurance", "columns": ["sex"],
        "services": ["certificate"], "purpose": "核定待遇", "a_day": 3,
        "law": {"zh": "社会保险法", "en": "Insurance Law"}, "article": "第五条",
        "since": moment.today(), "until": moment.today() + timedelta(days=30),
    }  # fmt: skip
    return give_grant(GivenGrant(**terms | changed), by=CLERK, basis="《社会保险法》第五条")


def read(register, purpose=PURPOSE, columns=("sex",), departments=("insurance",)):
    case = uuid4()
    asks = [Ask(register, {"id_number": MOTHER}, columns, departments)]
    return gate.read(asks, purpose=purpose, case=case, root=case, by=CLERK)[0]


def test_without_it_the_gate_stays_shut(population):
    assert read(population).state == "denied"


def test_it_opens_its_columns_and_nothing_else(population):
    grant = given()

    answer = read(population, columns=("sex", "birth_date"))

    assert answer.rows == [{"sex": "female"}]
    assert answer.granted == {"sex": ("insurance",)}
    reading = Reading.objects.get(id=answer.reading)
    assert reading.given == [grant.id]
    assert reading.basis == "《社会保险法》第五条"
    assert Act.objects.filter(what="grant.given").count() == 1
    assert read(population, departments=("hospital",)).state == "denied"


def test_it_serves_its_items_alone_or_in_a_bundle_and_no_unknown_purpose(population):
    given()

    assert read(population, "bundle:newborn").state == "answered"
    assert read(population, "service:fines").state == "denied"
    assert read(population, "").state == "denied"


@pytest.mark.parametrize("days", [(1, 30), (-30, -1)])
def test_before_its_first_and_after_its_last_day_it_opens_nothing(population, days):
    first, last = (moment.today() + timedelta(days=n) for n in days)
    given(since=first, until=last)

    assert read(population).state == "denied"


def test_so_many_reads_a_day(population):
    given(a_day=2)

    assert [read(population).state for _ in range(3)] == ["answered", "answered", "denied"]
    with moment.at(moment.now() + timedelta(days=1)):
        assert read(population).state == "answered"


def test_what_a_declared_grant_opens_anyway_is_not_counted_against_it(population):
    given(department="hospital", columns=["name"], a_day=1)

    for _ in range(3):
        answer = read(population, columns=("name",), departments=("hospital",))
        assert answer.state == "answered"
        assert Reading.objects.get(id=answer.reading).given == []


def test_withdrawn_it_is_shut_at_once_with_reasons(population):
    grant = given()
    assert read(population).state == "answered"

    withdraw_grant(grant.id, reasons="项目已结束", by=CLERK)

    assert read(population).state == "denied"
    act = Act.objects.get(what="grant.withdrawn")
    assert act.by_id == CLERK.id
    with pytest.raises(Refusal):
        withdraw_grant(grant.id, reasons="再来", by=CLERK)


def test_the_person_sees_a_read_it_opened(population):
    given()

    answer = read(population)

    reading = Reading.objects.get(id=answer.reading)
    act = Act.objects.get(id=reading.act)
    assert uses_of(act.subjects[0]).filter(id=act.id).exists()


def test_rows_and_filled_columns_are_counted(population, pack):
    quality = count_rows(population)

    assert quality.rows == 1
    assert quality.filled == {"id_number": 1, "name": 1, "sex": 1, "birth_date": 0, "alive": 0,
                              "division": 0}  # fmt: skip
    assert population.id not in [one.id for one in uncounted(pack.all(Register).values())]
