"""What the city keeps of itself: divisions, addresses, types of licences, the credit of firms."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from yiwang.identity.declarations import Department, Division
from yiwang.ledger.actions import Actor
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.web.demo.town import Town

BY = Actor("operator", "demo")
RATINGS = "AAABBBBBCCD"  # of eleven firms


def settle_city(pack: Pack, town: Town) -> None:
    """Fill those of these registers the pack has."""
    rows = {
        "divisions": _divisions(pack),
        "addresses": _addresses(town),
        "licence-types": _licences(pack),
        "credit": _credit(town),
    }
    for id, filled in rows.items():
        register = pack.all(Register).get(id)
        if register is not None and filled:
            load_rows(register, filled, by=BY)


def _divisions(pack: Pack) -> list[dict[str, Any]]:
    return [
        {"code": id, "name": one.title.zh, "level": one.level, "parent": one.parent}
        for id, one in pack.all(Division).items()
    ]


def _addresses(town: Town) -> list[dict[str, Any]]:
    """The addresses of all households, each once, numbered within their community."""
    found: dict[str, dict[str, Any]] = {}
    count: dict[str, int] = {}
    for one in town.households:
        address, division = one.known["address"], one.known["hukou_division"]
        if address not in found:
            count[division] = count.get(division, 0) + 1
            code = f"{division}-{count[division]:05d}"
            found[address] = {"code": code, "address": address, "division": division}
    return list(found.values())


def _licences(pack: Pack) -> list[dict[str, Any]]:
    return [
        {"kind": id, "title": one.title.zh, "issuer": pack.get(Department, one.issuer).title.zh}
        for id, one in pack.all(LicenceKind).items()
    ]


def _credit(town: Town) -> list[dict[str, Any]]:
    """A rating for each firm, the same at each loading."""
    rows = []
    for firm in town.firms:
        code = firm.known["credit_code"]
        chance = sha256(code.encode()).digest()
        rating = RATINGS[chance[0] % len(RATINGS)]
        penalties = 0 if rating in "AB" else 1 + chance[1] % 3
        rows.append(
            {
                "credit_code": code, "name": firm.known["org_name"], "rating": rating,
                "penalties": penalties, "listed": rating == "D" and penalties == 3,
                "rated_on": town.on - timedelta(days=town.on.day),
            }
        )  # fmt: skip
    return rows
