"""Invented firms, with credit codes that check. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from yiwang.identity.declarations import City
from yiwang.identity.divisions import division_at
from yiwang.kernel.identifiers import credit_code
from yiwang.pack.pack import Pack
from yiwang.web.demo.files import Demo, NamedFirm
from yiwang.web.demo.record import Record, day_in, years_before

if TYPE_CHECKING:
    from yiwang.web.demo.town import Town

KIND_DIGIT = {"company": "1", "sole": "2"}


def named_firms(demo: Demo, pack: Pack, town: Town) -> list[Record]:
    """The firms of the file whose leader lives in the town, just as they stand there."""
    return [
        _named(n, firm, leader, pack, town)
        for n, firm in enumerate(demo.firms.firms)
        if (leader := leader_of(firm, town))
    ]


def leader_of(firm: NamedFirm, town: Town) -> Record | None:
    """Who represents a firm of the file by law."""
    family = town.families.get(firm.leader.family)
    return family and family.member(firm.leader.member)


def _named(n: int, firm: NamedFirm, leader: Record, pack: Pack, town: Town) -> Record:
    since = town.on - timedelta(days=firm.founded)
    return _firm(
        n, firm.kind, firm.division, leader,
        org_name=firm.name, industry=firm.industry, org_status="open",
        org_address=_place(pack, firm.division) + firm.address,
        registered_capital=firm.capital, established_on=since, issued_on=since,
    )  # fmt: skip


def firms_of(demo: Demo, pack: Pack, town: Town, rng: Random, count: int) -> list[Record]:
    """Firms led by grown-up residents, in the communities where these live."""
    city, parts = pack.only(City), demo.names.firms
    leaders = [
        one for family in town.families.values() for one in (family.mother, family.father)
        if one and family.key.startswith("household")
        and years_before(town.on, 66) < one.known["birth_date"] < years_before(town.on, 25)
    ]  # fmt: skip
    found, used = [], set()
    for n, leader in enumerate(rng.sample(leaders, min(count, len(leaders)))):
        form = rng.choices(parts.forms, weights=[one.share for one in parts.forms])[0]
        trade = rng.choice(parts.trades)
        name = f"{city.title.zh}{rng.choice(parts.brands)}{trade.name}{form.name}"
        if name in used:
            name = f"{city.title.zh}{leader.name[-2:]}{trade.name}{form.name}"
        used.add(name)
        division = leader.known["residence_division"]
        since = day_in(rng, years_before(town.on, 20), town.on - timedelta(days=70))
        road = f"{rng.choice(demo.names.roads)}{rng.randint(1, 260)}号"
        found.append(
            _firm(
                1000 + n, form.kind, division, leader,
                org_name=name, industry=trade.industry,
                org_address=_place(pack, division) + road,
                registered_capital=Decimal(f"{rng.randint(*form.capital)}.00"),
                established_on=since, issued_on=since,
                org_status="open" if rng.random() < 0.95 else "closed",
            )
        )  # fmt: skip
    return found


def _place(pack: Pack, division: str) -> str:
    found = [division_at(pack, division, level) for level in ("district", "street")]
    return "".join(one.title.zh for one in found if one)


def _firm(serial: int, kind: str, division: str, leader: Record, **known: Any) -> Record:
    code = credit_code(f"9{KIND_DIGIT.get(kind, '3')}", division[:6], f"{serial:08d}")
    known |= {
        "credit_code": code, "org_kind": kind, "org_division": division,
        "legal_representative": leader.name, "legal_representative_id_number": leader.number,
    }  # fmt: skip
    return Record(known, ["legal-persons"], ["business-licence"])
