"""What the home page offers: things done once, then offices with single items. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Bundle, Course, Service


@dataclass(frozen=True)
class Thing:
    """A card: what it is called, what it brings, and by which route its guide is reached."""

    id: str
    route: str
    title: Text
    summary: Text
    icon: str


@dataclass(frozen=True)
class Shelf:
    """An office and how many items it has."""

    office: Department
    items: int


def things(pack: Pack) -> list[Thing]:
    """Bundles in the order they are declared, then courses; a stage stands in its course."""
    return list(_things(pack))


def _things(pack: Pack) -> Iterator[Thing]:
    courses = pack.all(Course)
    stages = {stage.bundle for course in courses.values() for stage in course.stages}
    for id, bundle in pack.all(Bundle).items():
        if id not in stages:
            yield Thing(id, "services:bundle", bundle.title, bundle.summary, bundle.icon)
    for id, course in courses.items():
        yield Thing(id, "services:course", course.title, course.summary, course.icon)


def shelves(pack: Pack) -> list[Shelf]:
    """Offices in the order they are declared; those without items left out."""
    count = Counter(service.department for service in pack.all(Service).values())
    return [Shelf(office, count[id]) for id, office in pack.all(Department).items() if count[id]]
