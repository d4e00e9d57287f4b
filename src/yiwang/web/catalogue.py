"""What the home page offers: things done once, then offices with single items. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from yiwang.identity.declarations import Department
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Bundle, Service


@dataclass(frozen=True)
class Shelf:
    """An office and how many items it has."""

    office: Department
    items: int


def things(pack: Pack) -> list[Bundle]:
    """Bundles in the order they are declared."""
    return list(pack.all(Bundle).values())


def shelves(pack: Pack) -> list[Shelf]:
    """Offices in the order they are declared; those without items left out."""
    count = Counter(service.department for service in pack.all(Service).values())
    return [Shelf(office, count[id]) for id, office in pack.all(Department).items() if count[id]]
