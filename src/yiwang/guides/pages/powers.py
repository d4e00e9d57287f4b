"""The lists of powers, duties and services (权责清单), from the same declarations as the guides.

A power is an item by which an authority decides about people; a service is what it provides; a
duty is what an office declares that it does. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guides
from yiwang.catalogue.types import ITEM_TYPES
from yiwang.guides.pages.lines import in_days, url_of
from yiwang.identity.declarations import Department
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack
from yiwang.registers.grants import basis_text

SERVICE = "public-service"
UNTYPED = "other-power"


@dataclass(frozen=True)
class OfficeRow:
    """One office: how many powers of each type, services and duties it has."""

    id: str
    title: Text
    own: bool
    counts: tuple[int, ...]
    duties: int

    @property
    def total(self) -> int:
        """All its items."""
        return sum(self.counts)


@dataclass(frozen=True)
class Overview:
    """Every office with its counts; `types` names the columns, `totals` adds them up."""

    types: tuple[Text, ...]
    offices: tuple[OfficeRow, ...]
    totals: tuple[int, ...]
    total: int
    duties: int


@dataclass(frozen=True)
class Power:
    """One power or service: on what law, by when, where its guide stands."""

    title: Text
    url: str
    code: str
    laws: tuple[str, ...] | None
    statutory: str
    promised: str
    chinese: bool


@dataclass(frozen=True)
class OfficeList:
    """All an office may and must do: duties, then powers and services by type."""

    id: str
    title: Text
    duties: tuple[Text, ...]
    groups: tuple[tuple[Text, tuple[Power, ...]], ...]
    count: int
    lawless: int


def overview(pack: Pack) -> Overview:
    """The counts of every office; the city's own offices first, then the others by size."""
    by_office = _by_office(pack)
    types = [id for id in ITEM_TYPES if any(id in map(_type, all) for all in by_office.values())]
    rows = [_row(pack, id, by_office.get(id, ()), types) for id in _offices(pack, by_office)]
    rows.sort(key=lambda row: (not row.own, -row.total))
    totals = tuple(sum(row.counts[n] for row in rows) for n in range(len(types)))
    duties = sum(row.duties for row in rows)
    return Overview(tuple(ITEM_TYPES[id] for id in types), tuple(rows), totals, sum(totals), duties)


def of_office(pack: Pack, id: str) -> OfficeList:
    """The list of one office; NotFound where no office of this id does anything."""
    found = _by_office(pack).get(id, ())
    own = pack.all(Department).get(id)
    if not found and own is None:
        raise NotFound(Text(zh=f"没有部门「{id}」的清单。", en=f"There is no list of “{id}”."))
    groups = [
        (words, tuple(_power(one) for one in found if _type(one) == type))
        for type, words in ITEM_TYPES.items()
    ]
    return OfficeList(
        id=id,
        title=own.title if own else found[0].office.title,  # type: ignore[union-attr]
        duties=own.duties if own else (),
        groups=tuple(group for group in groups if group[1]),
        count=len(found),
        lawless=sum(not one.basis for one in found),
    )


def rows(pack: Pack) -> Iterator[dict[str, Any]]:
    """Every line of the lists for machines: of each office its duties, powers and services."""
    by_office = _by_office(pack)
    for id in _offices(pack, by_office):
        own = pack.all(Department).get(id)
        for duty in own.duties if own else ():
            yield _as_row("duty", id, str(own.title), title=str(duty))
        for one in by_office.get(id, ()):
            yield _item_row(id, one)


FIELDS = (
    "kind", "office_id", "office", "type", "id", "code", "title", "basis", "statutory_days",
    "statutory_count", "promised_days", "promised_count", "url",
)  # fmt: skip


def _item_row(office: str, one: Guide) -> dict[str, Any]:
    return _as_row(
        "service" if _type(one) == SERVICE else "power",
        office,
        str(one.office.title) if one.office else "",
        type=str(ITEM_TYPES[_type(one)]),
        id=one.id,
        code=one.code or "",
        title=str(one.title),
        basis="; ".join(str(basis_text(basis)) for basis in one.basis or ()),
        statutory_days=_days(one.statutory),
        statutory_count=_count(one.statutory),
        promised_days=_days(one.promised),
        promised_count=_count(one.promised),
        url=url_of(one),
    )


def _as_row(kind: str, office: str, title_of_office: str, **more: Any) -> dict[str, Any]:
    known = {"kind": kind, "office_id": office, "office": title_of_office, **more}
    return {name: known.get(name, "") for name in FIELDS}


def _days(limit: Any) -> int | str:
    return limit.days if isinstance(limit, Limit) else ""


def _count(limit: Any) -> str:
    return limit.count if isinstance(limit, Limit) else str(limit or "")


def _by_office(pack: Pack) -> dict[str, tuple[Guide, ...]]:
    return pack.memo("guides.by_office", _grouped)


def _grouped(pack: Pack) -> dict[str, tuple[Guide, ...]]:
    found: dict[str, list[Guide]] = {}
    for one in guides(pack).values():
        if one.office:
            found.setdefault(one.office.id, []).append(one)
    return {id: tuple(all) for id, all in found.items()}


def _offices(pack: Pack, by_office: dict[str, tuple[Guide, ...]]) -> list[str]:
    declared = [id for id, one in pack.all(Department).items() if one.duties or id in by_office]
    return list(dict.fromkeys((*declared, *by_office)))


def _row(pack: Pack, id: str, found: Sequence[Guide], types: Sequence[str]) -> OfficeRow:
    own = pack.all(Department).get(id)
    counted = Counter(map(_type, found))
    return OfficeRow(
        id=id,
        title=own.title if own else found[0].office.title,  # type: ignore[union-attr]
        own=own is not None,
        counts=tuple(counted[type] for type in types),
        duties=len(own.duties) if own else 0,
    )


def _type(one: Guide) -> Any:
    return one.type or UNTYPED


def _power(one: Guide) -> Power:
    return Power(
        title=one.title,
        url=url_of(one),
        code=one.code or "",
        laws=None if one.basis is None else tuple(str(basis_text(it)) for it in one.basis),
        statutory=in_days(one.statutory) or gettext("not stated"),
        promised=in_days(one.promised) or gettext("not stated"),
        chinese="title" in one.chinese,
    )
