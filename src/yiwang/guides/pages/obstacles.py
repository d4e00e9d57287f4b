"""The list of clauses that stand in the way: which items, whom they concern. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.catalogue.guide import Guide
from yiwang.guides.pages.lines import url_of
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.obstacles import Obstacle
from yiwang.services.pages.clauses import Clause, clause

FEW = 10  # fewer people than this are not told apart, so that nobody is


@dataclass(frozen=True)
class Touched:
    """An item a clause stands in the way of."""

    title: Text
    url: str


@dataclass(frozen=True)
class Barrier:
    """A clause with what it costs. `people` is None where they are fewer than `FEW`."""

    clause: Clause
    items: tuple[Touched, ...]
    people: int | None


def barriers(
    pack: Pack, guides: Mapping[str, Guide], people: Mapping[str, int]
) -> tuple[Barrier, ...]:
    """Every clause, those not yet changed first, then by how many people they concern.

    `people` is how many applied for each item in the last year.
    """
    found = [_barrier(one, guides, people) for one in pack.all(Obstacle).values()]
    changed = {one.id for one in pack.all(Obstacle).values() if one.state == "changed"}
    return tuple(sorted(found, key=lambda one: (one.clause.id in changed, -(one.people or 0))))


def _barrier(one: Obstacle, guides: Mapping[str, Guide], people: Mapping[str, int]) -> Barrier:
    count = sum(people.get(id, 0) for id in one.touches)
    items = tuple(
        Touched(guides[id].title, url_of(guides[id])) for id in one.touches if id in guides
    )
    return Barrier(clause(one), items, count if count >= FEW else None)
