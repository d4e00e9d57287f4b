"""Invented firms, with credit codes that check. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from yiwang.identity.declarations import City
from yiwang.identity.divisions import division_at
from yiwang.kernel.identifiers import credit_code
from yiwang.pack.pack import Pack
from yiwang.web.demo.files import Demo
from yiwang.web.demo.record import Record, day_in, years_before

if TYPE_CHECKING:
    from yiwang.web.demo.town import Town

KIND_DIGIT = {"company": "1", "sole": "2"}


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
        place = [division_at(pack, division, level) for level in ("district", "street")]
        where = "".join(one.title.zh for one in place if one)
        since = day_in(rng, years_before(town.on, 20), town.on - timedelta(days=70))
        known = {
            "credit_code": credit_code(
                f"9{KIND_DIGIT.get(form.kind, '3')}", division[:6], f"{1000 + n:08d}"
            ),
            "org_name": name,
            "org_kind": form.kind, "org_division": division, "industry": trade.industry,
            "org_address": f"{where}{rng.choice(demo.names.roads)}{rng.randint(1, 260)}号",
            "legal_representative": leader.name,
            "legal_representative_id_number": leader.number,
            "registered_capital": Decimal(f"{rng.randint(*form.capital)}.00"),
            "established_on": since, "issued_on": since,
            "org_status": "open" if rng.random() < 0.95 else "closed",
        }  # fmt: skip
        found.append(Record(known, ["legal-persons"], ["business-licence"]))
    return found
