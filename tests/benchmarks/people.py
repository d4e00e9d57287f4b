"""Invented families with a newborn, many at once, as the registers of 江城 know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yiwang.identity.actions import open_account, people_for
from yiwang.identity.declarations import Division
from yiwang.identity.models import Account, Person
from yiwang.kernel import moment
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.actions import Actor
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register

BY = Actor("operator", "benchmark")
HOME, SISTER = "990102", "990201"  # regions of the city and of the one that is asked over HTTP
A_DAY = 500  # serials of one sex a birth date has room for, less what rounding takes


@dataclass(frozen=True)
class Mother:
    """Who applies, with the account she signs in with."""

    person: Person
    account: Account


def mothers(count: int, *, first: int = 0, away: bool = False) -> list[Mother]:
    """Families of mother, father and newborn, about whom every register is complete.

    `first` keeps the people of several calls apart. `away`: the father's household is in the
    sister city, so that her matter asks a source outside.
    """
    pack = current()
    wives = [_number(HOME, 1990, 0, first + n) for n in range(count)]
    husbands = [_number(SISTER if away else HOME, 1988, 1, first + n) for n in range(count)]
    at_home = wives if away else wives + husbands
    community = next(i for i, one in pack.all(Division).items() if one.level == "community")
    _load(pack, "population", [_resident(number, community) for number in at_home])
    couples = list(zip(wives, husbands, strict=True))
    _load(pack, "marriages", [_marriage(first + n, *two) for n, two in enumerate(couples)])
    births = [f"FM2026-{first + n:06d}" for n in range(count)]
    _load(pack, "births", [_birth(no, wife) for no, wife in zip(births, wives, strict=True)])
    _load(pack, "vaccination", [_vaccination(no) for no in births])
    _money(pack, wives, husbands)
    people = people_for(dict.fromkeys(wives, "林秋") | dict.fromkeys(husbands, "沈远"), by=BY)
    _papers(pack, [people[number] for number in (*wives, *husbands)])
    return [Mother(people[number], _account(people[number])) for number in wives]


def _number(region: str, year: int, male: int, n: int) -> str:
    day, serial = divmod(n, A_DAY - 1)
    born = date(year, 1, 1) + timedelta(days=day)
    return identity_number(region, born, 2 * serial + male)


def _account(person: Person) -> Account:
    return open_account(f"person-{person.id_number}", None, by=BY, person=person,
                        phone="13800000000", password_hash="!")  # fmt: skip


def _load(pack: Pack, register: str, rows: list[dict[str, Any]]) -> None:
    load_rows(pack.get(Register, register), rows, by=BY)


def _resident(number: str, community: str) -> dict[str, Any]:
    male = int(number[16]) % 2 == 1
    return {
        "id_number": number, "name": "沈远" if male else "林秋",
        "sex": "male" if male else "female",
        "birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}", "ethnic_group": "01",
        "hukou_city": "jiangcheng", "hukou_division": community, "hukou_kind": "family",
        "household_number": "H" + number[6:17], "address": "渡口街1号",
        "residence_division": community, "alive": True,
    }  # fmt: skip


def _marriage(n: int, wife: str, husband: str) -> dict[str, Any]:
    return {
        "marriage_certificate_no": f"J990102-2021-{n:06d}", "wife_id_number": wife,
        "husband_id_number": husband, "marriage_date": "2021-05-20", "in_force": True,
    }  # fmt: skip


def _birth(number: str, mother: str) -> dict[str, Any]:
    return {
        "birth_record_no": number, "mother_id_number": mother, "sex": "female",
        "birth_date": _born(), "birth_time": "06:42", "birth_weight": 3200,
        "gestation_weeks": 39, "place": "local-hospital", "hospital": "江城市妇幼保健院",
        "plurality": 1, "order": 1, "certified": True, "certificate_issued": False,
    }  # fmt: skip


def _vaccination(number: str) -> dict[str, Any]:
    return {"birth_record_no": number, "first_doses_recorded": True, "hepatitis_b_on": _born(),
            "bcg_on": _born()}  # fmt: skip


def _born() -> str:
    return (moment.today() - timedelta(days=3)).isoformat()


def _money(pack: Pack, wives: list[str], husbands: list[str]) -> None:
    _load(
        pack, "medical-insurance",
        [{"id_number": n, "name": name, "scheme": "employee", "status": "active"}
         for numbers, name in ((wives, "林秋"), (husbands, "沈远")) for n in numbers],
    )  # fmt: skip
    _load(
        pack, "bank-accounts",
        [{"id_number": n, "bank_account": "6200990000000001",
          "bank_name": "江城银行渡口支行", "verified": True} for n in wives],
    )  # fmt: skip
    _load(
        pack, "social-security-cards",
        [{"id_number": n, "card_no": "C" + n[6:17], "bank": "jiangcheng-bank",
          "status": "active"} for n in wives],
    )  # fmt: skip
    _load(
        pack, "maternity-bills",
        [{"id_number": n, "delivery_method": "natural", "antenatal_total": "1800.00",
          "inpatient_total": "4200.00", "complete": True, "refunded": False} for n in wives],
    )  # fmt: skip


def _papers(pack: Pack, people: list[Person]) -> None:
    for kind in ("id-card", "household-book", "marriage-certificate"):
        rows = [
            {"holder": one.id, "number": f"{kind}-{one.id_number}", "fields": {},
             "issued_on": date(2021, 5, 20)}
            for one in people
        ]  # fmt: skip
        load_licences(pack.get(LicenceKind, kind), rows, by=BY)
