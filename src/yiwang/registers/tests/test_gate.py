"""Reading a register: denied unless granted, least columns, recorded, shown to whom it concerns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yiwang.identity.queries import person_by_number
from yiwang.kernel.ids import new_id
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about, body_of
from yiwang.registers import gate
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask
from yiwang.registers.models import Reading
from yiwang.registers.tests.town import CLERK, FATHER, MOTHER, STRANGER

LIN = {"id_number": MOTHER, "name": "林岚", "sex": "female", "birth_date": "1996-03-08",
       "alive": True, "division": "t-1-1"}  # fmt: skip
BIRTH = {"record_no": "B1", "mother": MOTHER, "weight": 3350, "birth_date": "2026-11-18"}


@pytest.fixture
def registers(pack):
    registers = pack.all(Register)
    load_rows(registers["population"], [LIN], by=CLERK)
    load_rows(registers["births"], [BIRTH], by=CLERK)
    return registers


def ask(register, by, columns, *departments):
    return Ask(register, by, tuple(columns), departments)


def read(*asks):
    case = new_id()
    return gate.read(asks, purpose="newborn", case=case, root=case, by=CLERK)


def test_a_department_without_a_grant_reads_nothing_and_there_is_no_act(registers):
    before = Act.objects.count()

    [answer] = read(ask(registers["births"], {"mother": MOTHER}, ["weight"], "insurance"))

    assert (answer.state, answer.rows, answer.act) == ("denied", [], None)
    assert Act.objects.count() == before
    assert Reading.objects.get(id=answer.reading).state == "denied"


def test_a_grant_that_has_ended_opens_nothing(registers):
    [answer] = read(ask(registers["population"], {"id_number": MOTHER}, ["name"], "insurance"))

    assert answer.state == "denied"


def test_only_the_columns_that_were_asked_for_and_granted_leave_the_register(registers):
    asked = ask(registers["population"], {"id_number": MOTHER}, ["name", "alive"], "hospital")

    [answer] = read(asked)

    assert answer.state == "answered"
    assert answer.rows == [{"name": "林岚"}]
    assert answer.granted == {"name": ("hospital",)}
    assert Reading.objects.get().columns == ["name", "alive"]
    assert body_of(Act.objects.get(id=answer.act))["columns"] == ["name"]


def test_the_steward_reads_its_own_register(registers):
    [answer] = read(ask(registers["population"], {"id_number": MOTHER}, ["sex"], "police"))

    assert answer.rows == [{"sex": "female"}]


def test_who_may_see_a_column_is_told_for_each_department(registers):
    population = registers["population"]

    [answer] = read(ask(population, {"id_number": MOTHER}, ["name", "sex"], "hospital", "police"))

    assert answer.rows == [{"name": "林岚", "sex": "female"}]
    assert answer.granted == {"name": ("hospital", "police"), "sex": ("police",)}


def test_one_act_for_each_read_about_the_people_the_rows_tell_of(registers):
    [answer] = read(ask(registers["births"], {"record_no": "B1"}, ["birth_date"], "police"))

    mother = person_by_number(MOTHER)
    [act] = acts_about(mother.id).filter(what="register.read")
    assert act.id == answer.act
    assert (act.purpose, act.basis) == ("newborn", "《户籍条例》第七条")
    assert body_of(act)["basis"]["en"] == "Household Ordinance, art. 7"
    assert answer.rows == [{"birth_date": "2026-11-18"}]  # the mother's number did not leave


def test_someone_who_was_asked_for_and_not_found_is_told_too(registers):
    [answer] = read(ask(registers["population"], {"id_number": STRANGER}, ["name"], "police"))

    assert (answer.state, answer.rows) == ("none", [])
    assert acts_about(person_by_number(STRANGER).id).filter(what="register.read").exists()


def test_answers_stand_in_the_order_of_the_asks(registers):
    population, births = registers["population"], registers["births"]

    answers = read(
        ask(births, {"mother": MOTHER}, ["weight"], "hospital"),
        ask(births, {"mother": MOTHER}, ["weight"], "insurance"),
        ask(population, {"id_number": FATHER}, ["name"], "police"),
        ask(population, {"id_number": MOTHER}, ["name"], "police"),
    )

    assert [one.state for one in answers] == ["answered", "denied", "none", "answered"]
    assert answers[0].rows == [{"weight": 3350}]
    assert answers[3].rows == [{"name": "林岚"}]
    assert len({one.act for one in answers if one.act}) == 3


def test_many_reads_take_few_statements(registers, django_assert_max_num_queries):
    population = registers["population"]
    asks = [ask(population, {"id_number": MOTHER}, ["name"], "police") for _ in range(20)]
    read(*asks)

    with django_assert_max_num_queries(14):
        read(*asks)


def test_a_lookup_that_also_gives_the_key_must_fit_both(registers):
    births = registers["births"]

    [answer] = read(ask(births, {"record_no": "B1", "mother": FATHER}, ["weight"], "hospital"))

    assert answer.state == "none"


@pytest.mark.parametrize("by", [{}, {"mother": ""}, {"weight": "3350"}])
def test_a_register_is_never_asked_for_nobody_or_by_what_is_no_key(registers, by):
    with pytest.raises(ValueError, match="births"):
        read(ask(registers["births"], by, ["weight"], "hospital"))


def test_a_key_that_cannot_be_in_a_register_is_not_asked_for(registers):
    elsewhere = replace_pattern(registers["elsewhere"], "^9902")

    [answer] = read(ask(elsewhere, {"id_number": MOTHER}, ["name"], "police"))

    assert (answer.state, answer.act) == ("none", None)
    assert Reading.objects.get(id=answer.reading).state == "none"


def test_allowed_denies_by_default(registers, pack):
    from_today = gate.moment.today()
    population = registers["population"]

    assert gate.allowed(population, ["hospital"], ["name", "sex"], from_today) == {"name"}
    assert gate.allowed(population, [], ["name"], from_today) == frozenset()
    assert gate.allowed(population, ["police"], ["no_such"], from_today) == frozenset()


def test_a_purpose_too_long_for_its_column_is_cut_not_lost(registers):
    case = new_id()

    [answer] = gate.read(
        [ask(registers["births"], {"mother": MOTHER}, ["weight"], "hospital")],
        purpose="长" * 300, case=case, root=case, by=replace(CLERK, department=""),
    )  # fmt: skip

    assert Act.objects.get(id=answer.act).purpose == "长" * 200


def replace_pattern(register, pattern):
    return register.model_copy(update={"key_pattern": pattern})
