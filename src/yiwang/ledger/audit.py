"""Comparing every act with its digest, and every row acts tell of with the last of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.ledger.models import Act
from yiwang.ledger.queries import is_intact

ROWS: Registry[Callable[[Collection[str]], Mapping[str, str]]] = Registry("table acts tell of")
"""By table: the digests its rows have now, by id, as acts digest them. Filled by their rooms."""
BATCH = 2000


@dataclass(frozen=True)
class Fault:
    """An act, or a row, that is not what was recorded. `act` is the last that told of it."""

    kind: str
    id: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.what}"


@dataclass(frozen=True)
class Audited:
    """How much was compared, and what differs."""

    acts: int
    rows: int
    faults: tuple[Fault, ...]


def audit() -> Audited:
    """Compare all. Reads every act once, in order."""
    faults: list[Fault] = []
    last: dict[str, dict[str, tuple[str, str]]] = {}
    acts = 0
    for act in Act.objects.order_by("recorded_at", "id").iterator(chunk_size=BATCH):
        acts += 1
        if not is_intact(act):
            faults.append(Fault("act", str(act.id), f"{act.what} is not what was recorded"))
        for table, id, _before, after in act.changes:
            if table in ROWS:
                last.setdefault(table, {})[id] = (after, f"{act.what} {act.id}")
    rows = 0
    for table, told in last.items():
        rows += len(told)
        faults += _compared(table, told)
    return Audited(acts, rows, tuple(faults))


def _compared(table: str, told: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    ids = list(told)
    for first in range(0, len(ids), BATCH):
        some = ids[first : first + BATCH]
        now = ROWS[table](some)
        for id in some:
            after, act = told[id]
            if now.get(id, "") != after:
                yield Fault(f"row of {table}", id, f"changed behind the acts; the last was {act}")
