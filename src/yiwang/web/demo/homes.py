"""The flats of named families: rows of the land register, titles in wallets, utility accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yiwang.identity.models import Person
from yiwang.ledger.actions import Actor
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.web.demo.files import Demo, Home
from yiwang.web.demo.record import Record
from yiwang.web.demo.town import Town

BY = Actor("operator", "demo")
TITLE = "real-estate-title"
Rows = dict[str, list[dict[str, Any]]]


def settle_homes(demo: Demo, pack: Pack, town: Town, met: Mapping[str, Person]) -> None:
    """Every flat whose owners live in the town."""
    rows: Rows = defaultdict(list)
    titles: list[dict[str, Any]] = []
    for home in demo.homes.homes:
        owners = _owners(home, town)
        if len(owners) == len(home.owners):
            _rows(home, owners, town, rows)
            titles += _titles(home, owners, town, met)
    for id, filled in rows.items():
        if id in pack.all(Register):
            load_rows(pack.get(Register, id), filled, by=BY)
    if titles and TITLE in pack.all(LicenceKind):
        load_licences(pack.get(LicenceKind, TITLE), titles, by=BY)


def _owners(home: Home, town: Town) -> list[Record]:
    families = [town.families.get(owner.family) for owner in home.owners]
    found = [family and family.member(owner.member)
             for family, owner in zip(families, home.owners, strict=True)]  # fmt: skip
    return [one for one in found if one]


def _rows(home: Home, owners: list[Record], town: Town, rows: Rows) -> None:
    unit = {"unit_no": home.unit_no}
    rows["real-estate"].append(
        unit | {"address": home.address, "area": home.area, "use": "home", "sealed": home.sealed,
                "mortgaged": home.mortgaged,
                "owned_since": town.on - timedelta(days=home.owned_for)}
    )  # fmt: skip
    rows["tax-prices"].append(unit | {"price": home.reference_price})
    for owner, said in zip(owners, home.owners, strict=True):
        rows["real-estate-titles"].append(
            unit | {"title_no": said.title_no, "id_number": owner.number, "name": owner.name,
                    "in_force": True}
        )  # fmt: skip
    for utility, account in home.accounts.items():
        rows[f"{utility}-accounts"].append(
            unit | {"account": account, "holder": owners[0].name,
                    "holder_id_number": owners[0].number,
                    "arrears": home.arrears.get(utility, "0.00")}
        )  # fmt: skip


def _titles(
    home: Home, owners: list[Record], town: Town, met: Mapping[str, Person]
) -> list[dict[str, Any]]:
    return [
        {
            "holder": met[owner.number].id, "number": said.title_no,
            "issued_on": town.on - timedelta(days=home.owned_for),
            "fields": {"name": owner.name, "id_number": owner.number, "title_no": said.title_no,
                       "unit_no": home.unit_no, "flat_address": home.address,
                       "flat_area": home.area, "flat_use": "home"},
        }
        for owner, said in zip(owners, home.owners, strict=True)
    ]  # fmt: skip
