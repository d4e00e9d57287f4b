from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from yiwang.cases.calendar import work_calendar
from yiwang.identity.declarations import City, Division
from yiwang.kernel.identifiers import (
    birth_date_of,
    credit_code,
    is_credit_code,
    is_identity_number,
    sex_of,
)
from yiwang.registers.declarations import Element, Register
from yiwang.registers.dictionary import from_json, to_json
from yiwang.web.demo.hours import evening, in_office
from yiwang.web.demo.settling import row_of
from yiwang.web.demo.town import build

ON = date(2026, 11, 18)


def values(town):
    return {
        key: [one.known for one in (*family.people, *family.births)]
        for key, family in town.families.items()
    }


def test_the_same_seed_and_day_invent_the_same_town(pack, whole):
    one, two = (build(whole, pack, on=ON, scale=0.05) for _ in range(2))

    assert values(one) == values(two)
    assert [firm.known for firm in one.firms] == [firm.known for firm in two.firms]


def test_named_families_do_not_hang_on_how_many_others_there_are(pack, whole):
    small, large = (build(whole, pack, on=ON, scale=scale) for scale in (0, 0.05))

    for named in whole.people.families:
        assert values(small)[named.key] == values(large)[named.key]


def test_thousands_live_in_every_community(pack, whole):
    town = build(whole, pack, on=ON)

    assert len(town.people) >= 4000 and len(town.firms) >= 300
    communities = {id for id, one in pack.all(Division).items() if one.level == "community"}
    assert {one.known["residence_division"] for one in town.people} == communities


def test_every_number_is_sound_and_borne_once(pack, whole):
    town = build(whole, pack, on=ON, scale=0.2)

    numbers = [one.number for one in town.people]
    assert len(set(numbers)) == len(numbers)
    for one in town.people:
        assert is_identity_number(one.number)
        assert birth_date_of(one.number) == one.known["birth_date"]
        assert sex_of(one.number) == one.known["sex"]
    codes = [firm.known["credit_code"] for firm in town.firms]
    assert all(is_credit_code(code) for code in codes) and len(set(codes)) == len(codes)
    assert len({firm.known["org_name"] for firm in town.firms}) == len(codes)
    region = pack.only(City).region_code[:2]
    assert {number[:2] for number in numbers} == {region}


def test_what_registers_take_is_what_their_elements_allow(pack, whole):
    town = build(whole, pack, on=ON, scale=0.05)
    elements, registers = pack.all(Element), pack.all(Register)
    records = [*town.people, *town.firms, *town.households]
    records += [one for family in town.families.values() for one in family.births]

    for one in records:
        for id in one.registers:
            for column, value in row_of(registers[id], one).items():
                from_json(elements[registers[id].columns[column]], to_json(value))


def test_nobody_marries_as_a_child_or_is_born_tomorrow(pack, whole):
    town = build(whole, pack, on=ON, scale=0.3)

    for family in town.families.values():
        for one in family.people:
            assert one.known["birth_date"] <= ON
        if family.marriage:
            day = family.marriage.known["marriage_date"]
            for one in (family.mother, family.father):
                assert (day - one.known["birth_date"]).days > 18 * 365


def test_a_household_counts_those_who_live_in_it(pack, whole):
    town = build(whole, pack, on=ON, scale=0.05)

    inside = Counter(
        one.known["household_number"] for one in town.people if "population" in one.registers
    )
    told = {h.known["household_number"]: h.known["household_size"] for h in town.households}
    assert told == dict(inside)


def test_an_organisation_code_checks_itself():
    code = credit_code("91", "990102", "00001234")

    assert is_credit_code(code) and code.startswith("91990102") and len(code) == 18


def test_offices_work_in_their_hours_and_parents_when_they_have_time(pack, whole):
    rng, calendar = Random(1), work_calendar(pack)
    at = evening(rng, ON)
    for _ in range(300):
        assert at.hour in (12, 19, 20, 21)
        office = in_office(rng, at, calendar)
        assert office > at and calendar.works(office.date())
        assert 9 <= office.hour < 17 or (office.hour, office.minute) == (17, 0)
        at = evening(rng, office.date())
