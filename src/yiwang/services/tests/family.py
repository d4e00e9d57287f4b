"""An invented family in the registers of 江城, for tests of the whole matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from yiwang.cases.models import Case
from yiwang.identity.actions import open_account, person_for, register_staff
from yiwang.identity.actors import person_actor
from yiwang.identity.declarations import Division
from yiwang.identity.models import Person, Staff
from yiwang.kernel import moment
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.actions import Actor
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.pack.actions import load
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.services.actions.draft import answer
from yiwang.services.actions.send import SIGN, ask_signature, send
from yiwang.services.asking import next_page
from yiwang.services.matter import Ask
from yiwang.services.queries import load as load_matter
from yiwang.services.summary import summary_digest

PACK = Path(__file__).parents[4] / "packs" / "jiangcheng"
BY = Actor("operator", "test")
STREET = "990102001"


def load_city() -> Pack:
    """Make the real pack live."""
    load(PACK, by=BY)
    return current()


@dataclass
class Family:
    """Who they are, once `settle` has written them into the registers."""

    mother: Person
    father: Person | None
    births: list[str] = field(default_factory=list)


def put(pack: Pack, register: str, row: dict[str, Any]) -> None:
    """Write one row into a register."""
    load_rows(pack.get(Register, register), [row], by=BY)


def resident(pack: Pack, number: str, name: str, *, kind: str = "family") -> Person:
    """Someone whose household is in the city."""
    sex = "male" if int(number[16]) % 2 else "female"
    put(
        pack,
        "population",
        {
            "id_number": number, "name": name, "sex": sex, "birth_date": "1995-04-03",
            "ethnic_group": "01", "hukou_city": "jiangcheng", "hukou_division": division(pack),
            "hukou_kind": kind, "household_number": "H" + number[-6:], "address": "渡口街1号",
            "residence_division": division(pack), "alive": True,
        },
    )  # fmt: skip
    return person_for(number, name, by=BY)


def division(pack: Pack) -> str:
    """A community of the city."""
    return next(id for id, one in pack.all(Division).items() if one.level == "community")


def settle(
    pack: Pack,
    *,
    married: bool = True,
    certified: bool = True,
    children: int = 1,
    kind: str = "family",
    serial: int = 2,
    bills: bool = True,
    licences: bool = True,
) -> Family:
    """A family with a newborn, as registers know it."""
    mother = resident(
        pack, identity_number("990102", date(1995, 4, 3), serial * 2), "林秋", kind=kind
    )
    father = None
    born = moment.today() - timedelta(days=3)
    if married:
        father = resident(pack, identity_number("990102", date(1993, 8, 9), serial * 2 + 1), "沈远")
        put(
            pack,
            "marriages",
            {
                "marriage_certificate_no": f"J990102-2021-{serial:06d}",
                "wife_id_number": mother.id_number, "husband_id_number": father.id_number,
                "marriage_date": "2021-05-20", "in_force": True,
            },
        )  # fmt: skip
    births = [f"FM2026-{serial:03d}{n}" for n in range(children)]
    for n, number in enumerate(births):
        put(
            pack,
            "births",
            {
                "birth_record_no": number, "mother_id_number": mother.id_number,
                "sex": "female" if n % 2 == 0 else "male", "birth_date": born.isoformat(),
                "birth_time": "06:42", "birth_weight": 3200, "gestation_weeks": 39,
                "place": "local-hospital", "hospital": "江城市妇幼保健院",
                "plurality": children, "order": n + 1, "certified": certified,
                "certificate_issued": False,
            },
        )  # fmt: skip
        put(
            pack, "vaccination",
            {"birth_record_no": number, "first_doses_recorded": True,
             "hepatitis_b_on": born.isoformat(), "bcg_on": born.isoformat()},
        )  # fmt: skip
    known(pack, mother, bills=bills)
    account(mother, "13800000000")
    if father is not None:
        put(
            pack, "medical-insurance",
            {"id_number": father.id_number, "name": father.name, "scheme": "employee",
             "status": "active"},
        )  # fmt: skip
    if licences:
        papers(pack, mother, father)
    return Family(mother, father, births)


def account(person: Person, phone: str) -> None:
    """A way to sign in and to be reached."""
    open_account(f"person-{person.id_number}", None, by=BY, person=person, phone=phone)


def known(pack: Pack, mother: Person, *, bills: bool) -> None:
    """What the insurance and the banks know of the mother."""
    id_number = mother.id_number
    put(
        pack, "medical-insurance",
        {"id_number": id_number, "name": mother.name, "scheme": "employee", "status": "active"},
    )  # fmt: skip
    put(
        pack, "bank-accounts",
        {"id_number": id_number, "bank_account": "6200990000000001",
         "bank_name": "江城银行渡口支行",
         "verified": True},
    )  # fmt: skip
    put(
        pack, "social-security-cards",
        {"id_number": id_number, "card_no": "C" + str(id_number)[-8:], "bank": "jiangcheng-bank",
         "status": "active"},
    )  # fmt: skip
    if bills:
        put(
            pack, "maternity-bills",
            {"id_number": id_number, "delivery_method": "natural", "antenatal_total": "1800.00",
             "inpatient_total": "4200.00", "complete": True, "refunded": False},
        )  # fmt: skip


def papers(pack: Pack, mother: Person, father: Person | None) -> None:
    """Licences the parents hold."""
    for person in filter(None, (mother, father)):
        for kind in ("id-card", "household-book", "marriage-certificate"):
            if kind == "marriage-certificate" and father is None:
                continue
            row = {
                "holder": person.id, "number": f"{kind}-{person.id_number}", "fields": {},
                "issued_on": date(2021, 5, 20),
            }  # fmt: skip
            load_licences(pack.get(LicenceKind, kind), [row], by=BY)


def clerk(department: str, roles: Iterable[str], name: str = "办事员") -> Staff:
    """A member of staff."""
    return register_staff(
        name=name, number=f"T-{department}", department=department, roles=roles, by=BY
    )


def actor(person: Person) -> Actor:
    """The person as an actor."""
    return person_actor(person)


def ids(people: Iterable[Person]) -> set[UUID]:
    """Their ids."""
    return {person.id for person in people}


ANSWERS = {
    "father.exists": "no",
    "child.name": "林小满",
    "case.guidance_way": "phone",
    "case.registers_with": "mother",
    "case.contact_phone": "13800000000",
    "case.delivery": "electronic",
    "case.photo_wanted": "no",
    "case.card_bank": "jiangcheng-bank",
    "case.confirms_record": "yes",
    "case.agrees_bank_data": "yes",
    "case.agrees_guidance": "yes",
}


def reply(root: Case, person: Person, **more: str) -> list[Ask]:
    """Answer every screen as the person would; returns the questions asked, in order.

    `more` answers by `party__element`; a question nobody foresaw fails the test.
    """
    given = ANSWERS | {name.replace("__", "."): value for name, value in more.items()}
    asked: list[Ask] = []
    while page := next_page(load_matter(root)):
        answer(
            root.id,
            list(page.asks),
            {ask.name: _given(ask, given) for ask in page.asks},
            by=actor(person),
        )
        asked += page.asks
    return asked


def _given(ask: Ask, given: dict[str, str]) -> str:
    """What is answered; each further child gets a name of its own."""
    answered = given[str(ask.column)]
    further = ask.index and str(ask.column) == "child.name"
    return answered + "一二三四五"[ask.index] if further else answered


def sign_and_send(root: Case, person: Person, *, key: str = "key-1") -> Case:
    """Sign with the code that was sent, and send."""
    ask_signature(root, person.id)
    code = newest_code(person.id, SIGN, summary_digest(load_matter(root)))
    assert code is not None
    digits = digits_of(code.id, code.salt)
    return send(root.id, key=key, code=digits, by=actor(person))


def outcomes(root: Case) -> dict[str, str]:
    """Service (with the child's place where there are several) → outcome or state."""
    cases = Case.objects.filter(root=root, kind="service").order_by("round")
    several = cases.filter(index__gt=0).exists()
    return {
        f"{c.what}:{c.index}" if several and c.role else c.what: c.outcome or c.state for c in cases
    }
