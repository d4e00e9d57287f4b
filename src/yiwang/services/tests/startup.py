"""Somebody who starts a company in 江城, with shareholders, as registers know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yiwang.cases.models import Case
from yiwang.identity.models import Person
from yiwang.kernel import moment
from yiwang.kernel.identifiers import identity_number
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.pack.pack import Pack
from yiwang.services.actions.agree import CONFIRM, agree, ask_code
from yiwang.services.actions.draft import answer, start
from yiwang.services.agreeing import asked_digest
from yiwang.services.asking import next_page
from yiwang.services.matter import Ask
from yiwang.services.queries import load
from yiwang.services.tests.family import BY, account, actor, put, resident, sign_and_send

TITLE = "江(2019)不动产权第0002207号"
UNIT = "990105001002GB00031F00010801"
NAME = "江城知行咨询有限公司"


@dataclass(frozen=True)
class Startup:
    """The founder, whose premises are their own, and two who join."""

    founder: Person
    partners: tuple[Person, Person]


def settle_startup(pack: Pack, *, serial: int = 30, title: str = TITLE) -> Startup:
    """Three people of the city; the founder owns premises."""
    names = ("许致远", "宋清欢", "乔若愚")
    people = []
    for n, name in enumerate(names):
        number = identity_number("990102", date(1988, 4, 16), serial + n)
        people.append(resident(pack, number, name))
        account(people[-1], f"137000{serial:03d}{n:02d}")
    card = {"holder": people[0].id, "number": f"id-{serial}", "fields": {},
            "issued_on": date(2021, 5, 20)}  # fmt: skip
    load_licences(pack.get(LicenceKind, "id-card"), [card], by=BY)
    unit = f"{UNIT[:-3]}{serial:03d}"
    put(pack, "real-estate", {"unit_no": unit, "address": "商贸大道66号801", "use": "home",
                              "sealed": False})  # fmt: skip
    put(pack, "real-estate-titles", {"title_no": title, "unit_no": unit, "name": names[0],
        "id_number": people[0].id_number, "in_force": True})  # fmt: skip
    return Startup(people[0], (people[1], people[2]))


def answers(startup: Startup, **more: str) -> dict[str, str]:
    """What the founder answers, by `party.element` or `party.index.element`."""
    one, two = startup.partners
    given = {
        "firm.wished_name": NAME, "firm.industry": "L", "case.premises_by": "titled",
        "premises.title_no": TITLE, "case.seals_wanted": "basic", "case.vat_kind": "small",
        "case.invoices_monthly": "25", "case.employees_planned": "3", "case.fund_rate": "5",
        "case.bank_branch": "caifu",
        "case.bank_visit_on": date(moment.today().year + 1, 1, 5).isoformat(),
        "firm.capital_planned": "500000", "founder.contribution": "250000",
        "partner.count": "2", "partner.0.name": one.name, "partner.0.id_number": one.id_number,
        "partner.0.contribution": "150000", "partner.1.name": two.name,
        "partner.1.id_number": two.id_number, "partner.1.contribution": "100000",
        "firm.paid_in_by": date(moment.today().year + 4, 6, 30).isoformat(),
        "case.articles": "standard", "case.contact_phone": "13700000000",
    }  # fmt: skip
    return given | {key.replace("__", "."): value for key, value in more.items()}


def began(startup: Startup, kind: str = "bundle", what: str = "company-start") -> Case:
    """The draft."""
    by = actor(startup.founder)
    return start(kind, what, "founder", person=startup.founder, by=by)


def fill(root: Case, startup: Startup, **more: str) -> list[str]:
    """Answer every screen; the names of what was asked."""
    given, seen = answers(startup, **more), []
    while page := next_page(load(root)):
        typed = {ask.name: _given(ask, given) for ask in page.asks}
        answer(root.id, list(page.asks), typed, by=actor(startup.founder))
        seen += [str(ask.column) for ask in page.asks]
    return seen


def _given(ask: Ask, given: dict[str, str]) -> str:
    party, element = ask.column.party, ask.column.element
    return given.get(f"{party}.{ask.index}.{element}") or given[f"{party}.{element}"]


def sent(startup: Startup, *, key: str = "key-1", **more: str) -> Case:
    """Answered and sent; the shareholders have not answered yet."""
    root = began(startup)
    fill(root, startup, **more)
    return sign_and_send(root, startup.founder, key=key)


def agrees(root: Case, person: Person) -> Case:
    """A shareholder agrees by their own code."""
    ask_code(root, person.id)
    code = newest_code(person.id, CONFIRM, asked_digest(root, person.id))
    assert code is not None
    return agree(root.id, person=person.id, code=digits_of(code.id, code.salt), by=actor(person))


def change(root: Case, startup: Startup, ask: Ask, value: str) -> None:
    """Give one answer anew."""
    answer(root.id, [ask], {ask.name: value}, by=actor(startup.founder))
