"""Reading a root case as values, by one statement: nothing of it is a row to be changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from yiwang.cases import sql
from yiwang.cases.models import Case
from yiwang.ledger.statement import Part


class PartyNow(NamedTuple):
    """Who plays a role, as PartyRow holds it."""

    role: str
    index: int
    person: UUID | None
    exists: bool | None
    tied: str
    organisation: UUID | None = None


class FactNow(NamedTuple):
    """A value that stands, as Fact holds it: `value` and `claimed` are JSON."""

    role: str
    index: int
    element: str
    for_item: str
    value: Any
    source: str
    source_id: str
    as_of: datetime
    provisional: bool
    contested: bool
    claimed: Any


@dataclass(frozen=True)
class Snapshot:
    """What is known in a root case. `files` are documents by (material, role, index)."""

    parties: tuple[PartyNow, ...]
    facts: tuple[FactNow, ...]
    files: dict[tuple[str, str, int], str]


def snapshot(root: UUID) -> Part:
    """What is known in a root case now, in the order it became known; `as_told` reads it."""
    return Part(sql.SNAPSHOT, {"root": root})


def as_told(told: list[Any]) -> Snapshot:
    """What `snapshot` told, as values."""
    parties, facts, files = (found or [] for found in told)
    return Snapshot(
        parties=tuple(
            PartyNow(role, index, person and UUID(person), exists, tied, firm and UUID(firm))
            for role, index, person, exists, tied, firm in parties
        ),
        facts=tuple(FactNow(*one[:7], datetime.fromisoformat(one[7]), *one[8:]) for one in facts),
        files={(material, role, index): file for material, role, index, file in files},
    )


def sent_before(root: Case, roles: Collection[str]) -> Part:
    """The number of an earlier matter of the same kind for one of the people in these roles."""
    return Part(sql.SENT_BEFORE, {"root": root.id, "wards": list(roles), "what": root.what})
