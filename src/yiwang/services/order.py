"""What waits for what, and the shortest schedule that order allows. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yiwang.pack.declaration import Limit
from yiwang.rules import Column
from yiwang.services.item import Item

WORKING_OF_NATURAL = 5 / 7


@dataclass(frozen=True)
class Wait:
    """`item` cannot be decided before `after`, because of a licence or some elements."""

    item: str
    after: str
    licence: str = ""
    columns: frozenset[Column] = frozenset()


class Circle(Exception):
    """Items that wait for each other in a loop; `items` names them in order."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(" → ".join(items))
        self.items = tuple(items)


def waits(items: Sequence[Item]) -> tuple[Wait, ...]:
    """Every pair of items where the second's output is what the first needs."""
    found = []
    for item in items:
        needs = item.needs()
        papers = {(paper.declared.licence, paper.role) for paper in item.papers}
        for other in items:
            if other is item:
                continue
            licence = other.service.result.licence or ""
            has = (licence, other.holder) in papers and licence
            columns = needs & other.outputs
            if has or columns:
                found.append(Wait(item.id, other.id, licence if has else "", columns))
    return tuple(found)


def levels(items: Sequence[Item], edges: Sequence[Wait]) -> tuple[tuple[str, ...], ...]:
    """Items that may run together, first to last. Raises Circle where none can begin."""
    after = {item.id: {edge.after for edge in edges if edge.item == item.id} for item in items}
    done: set[str] = set()
    found = []
    while len(done) < len(after):
        ready = tuple(id for id, before in after.items() if id not in done and before <= done)
        if not ready:
            raise Circle(_circle(after, done))
        found.append(ready)
        done.update(ready)
    return tuple(found)


def _circle(after: Mapping[str, set[str]], done: set[str]) -> list[str]:
    at = next(id for id in after if id not in done)
    path: list[str] = []
    while at not in path:
        path.append(at)
        at = sorted(after[at] - done)[0]
    return [*path[path.index(at) :], at]


def working_days(limit: Limit) -> int:
    """A limit in working days; natural ones by five in seven, rounded up."""
    return limit.days if limit.count == "working" else math.ceil(limit.days * WORKING_OF_NATURAL)


def schedule(items: Sequence[Item], edges: Sequence[Wait]) -> dict[str, int]:
    """On which working day after sending each item is done at the latest, all else in time."""
    by_id = {item.id: item for item in items}
    done: dict[str, int] = {}
    for level in levels(items, edges):
        for id in level:
            before = [done[edge.after] for edge in edges if edge.item == id]
            done[id] = max(before, default=0) + working_days(by_id[id].limit)
    return done
