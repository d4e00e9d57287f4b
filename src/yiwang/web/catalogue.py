"""What the home page offers: things done once, then single items by office. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.identity.declarations import Department
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Bundle, Service


@dataclass(frozen=True)
class Shelf:
    """The items of one office."""

    office: Department
    services: tuple[Service, ...]


def things(pack: Pack) -> list[Bundle]:
    """Bundles in the order they are declared."""
    return list(pack.all(Bundle).values())


def shelves(pack: Pack) -> list[Shelf]:
    """Items by office, offices in the order they are declared; those without items left out."""
    by_office: dict[str, list[Service]] = {}
    for service in pack.all(Service).values():
        by_office.setdefault(service.department, []).append(service)
    return [
        Shelf(office, tuple(by_office[id]))
        for id, office in pack.all(Department).items()
        if id in by_office
    ]
