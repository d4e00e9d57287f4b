"""Writing the invented people into registers, wallets and accounts, by the rooms' own actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yiwang.identity.actions import (
    grant_mandate,
    open_account,
    organisation_for,
    people_for,
    register_staff,
)
from yiwang.identity.declarations import City
from yiwang.identity.models import Mandate, Person
from yiwang.identity.queries import organisation_by_code
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, record
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.web.demo.city import settle_city
from yiwang.web.demo.files import Demo, Kin, NamedFamily, Someone
from yiwang.web.demo.firms import leader_of
from yiwang.web.demo.homes import settle_homes
from yiwang.web.demo.record import Family, Record
from yiwang.web.demo.town import Town

BY = Actor("operator", "demo")
SETTLED_BEFORE = 62  # days before loading: when the registers were filled
PEOPLE_ACT = "demo.people_loaded"
PEOPLE_BASIS = "demo"
PLOTS = "land-parcels"
BILLS = "maternity-bills"  # come with the birth, unlike what else is known of a mother
DAY_OF_ISSUE = ("marriage_date", "insurance_from")  # else any day of the last years


@transaction.atomic
def settle(demo: Demo, pack: Pack, town: Town) -> None:
    """Everybody and everything of the town, in one transaction with the act that tells of it."""
    with moment.at(_evening(town.on - timedelta(days=SETTLED_BEFORE))):
        met = people_for({one.number: one.name for one in town.people}, by=BY)
        _fill(pack, _standing(town))
        _wallets(pack, town, met)
        _staff(demo, pack)
        _accounts(demo, town, met)
        _guardians(town, met)
        settle_homes(demo, pack, town, met)
        _leaders(demo, town, met)
        _plots(demo, pack)
        settle_city(pack, town)
    for day, births in sorted(_by_day(town).items(), reverse=True):
        at = min(_evening(town.on - timedelta(days=day)), moment.now() - timedelta(minutes=5))
        with moment.at(at):
            _fill(pack, births)
    body = {"people": len(town.people), "firms": len(town.firms), "on": town.on.isoformat()}
    record(PEOPLE_ACT, by=BY, body=body)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18, 30), tzinfo=moment.CITY_ZONE)


def _standing(town: Town) -> list[Record]:
    married = [one.marriage for one in town.families.values() if one.marriage]
    return [*town.people, *town.households, *married, *town.firms]


def _by_day(town: Town) -> dict[int, list[Record]]:
    found = defaultdict(list)
    for family in town.families.values():
        for birth in family.births:
            found[birth.days_ago].append(birth)
        if family.births and BILLS in family.mother.registers:
            found[family.births[0].days_ago].append(Record(family.mother.known, [BILLS]))
    return found


def _fill(pack: Pack, records: Iterable[Record]) -> None:
    """Rows of every register its records name; a register the pack has not is left out."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    registers = pack.all(Register)
    for one in records:
        for id in one.registers:
            if id in registers and (id != BILLS or len(one.registers) == 1):
                rows[id].append(row_of(registers[id], one))
    for id, filled in rows.items():
        load_rows(registers[id], filled, by=BY)


def row_of(register: Register, one: Record) -> dict[str, Any]:
    """What a register's columns take from what is known."""
    return {
        column: one.known[element]
        for column, element in register.columns.items()
        if element in one.known
    }


def _wallets(pack: Pack, town: Town, met: dict[str, Person]) -> None:
    given: dict[str, list[dict[str, Any]]] = defaultdict(list)
    kinds = pack.all(LicenceKind)
    for one in town.people:
        for id in one.licences:
            if id in kinds:
                given[id].append(_licence(kinds[id], one, met[one.number].id))
    for firm in town.firms:
        made = organisation_for(firm.known["credit_code"], firm.known["org_name"], by=BY)
        for id in firm.licences:
            if id in kinds:
                given[id].append(_licence(kinds[id], firm, made.id))
    for id, rows in given.items():
        load_licences(kinds[id], rows, by=BY)


def _licence(kind: LicenceKind, one: Record, holder: Any) -> dict[str, Any]:
    fields = {name: one.known[name] for name in kind.fields if name in one.known}
    day = next((fields[name] for name in DAY_OF_ISSUE if name in fields), one.known["issued_on"])
    return {"holder": holder, "fields": fields, "issued_on": day}


def _staff(demo: Demo, pack: Pack) -> None:
    password = make_password(demo.people.password)
    prefix = pack.only(City).case_prefix
    for n, clerk in enumerate(demo.people.staff, 1):
        staff = register_staff(
            name=clerk.name, number=f"{prefix}{n:04d}", department=clerk.department,
            roles=clerk.roles, by=BY,
        )  # fmt: skip
        open_account(
            clerk.account, None, by=BY, staff=staff, demo=True, password_hash=password, assurance=3
        )


def _accounts(demo: Demo, town: Town, met: dict[str, Person]) -> None:
    """Sign-ins of the named families with the demo's password; parents of the week, who only need
    to be reached, without one."""
    password = make_password(demo.people.password)
    for named in demo.people.families:
        for one, member in _signing_in(named, town.families[named.key]):
            open_account(
                one.account, None, by=BY, person=met[member.number], phone=one.phone,
                demo=True, story=named.story.model_dump(), password_hash=password,
            )  # fmt: skip
    for key, family in town.families.items():
        if key.startswith("week-"):
            _reachable(family, met)


def _signing_in(named: NamedFamily, family: Family) -> Iterator[tuple[Someone | Kin, Record]]:
    """Who of a named family has a sign-in, with what is known of them."""
    pairs: list[tuple[Someone | Kin | None, Record | None]] = [
        (named.mother, family.mother), (named.father, family.father),
        *zip(named.elders, family.others, strict=True),
    ]  # fmt: skip
    return ((one, known) for one, known in pairs if one and known and one.account)


def _reachable(family: Family, met: dict[str, Person]) -> None:
    for role, phone in family.phones.items():
        member = family.member(role)
        if member:
            name = f"r{phone}"
            open_account(name, None, by=BY, person=met[member.number], phone=phone)


def _guardians(town: Town, met: dict[str, Person]) -> None:
    """Parents of the week act for the children they have already."""
    for key, family in town.families.items():
        if not key.startswith("week-"):
            continue
        for child in family.children:
            grant_mandate(
                agent=met[family.mother.number], person=met[child.number], by=BY,
                ground=Mandate.Ground.GUARDIAN, basis=PEOPLE_BASIS,
                since=child.known["birth_date"],
            )  # fmt: skip


def _leaders(demo: Demo, town: Town, met: dict[str, Person]) -> None:
    """Whoever represents a named firm by law acts for it."""
    known = {firm.known["org_name"]: firm.known for firm in town.firms}
    for named in demo.firms.firms:
        leader = leader_of(named, town)
        if leader is not None:
            firm = known[named.name]
            grant_mandate(
                agent=met[leader.number], organisation=organisation_by_code(firm["credit_code"]),
                by=BY, ground=Mandate.Ground.LEGAL_REPRESENTATIVE, basis=PEOPLE_BASIS,
                since=firm["established_on"],
            )  # fmt: skip


def _plots(demo: Demo, pack: Pack) -> None:
    """Building land, where the pack has its register."""
    if demo.firms.plots and PLOTS in pack.all(Register):
        rows = [plot.model_dump() for plot in demo.firms.plots]
        load_rows(pack.get(Register, PLOTS), rows, by=BY)
