"""Reading a root case as values, by one statement: nothing of it is a row to be changed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from yiwang.cases import sql
from yiwang.cases.models import Case
from yiwang.ledger.statement import run


class PartyNow(NamedTuple):
    """Who plays a role, as PartyRow holds it."""

    role: str
    index: int
    person: UUID | None
    exists: bool | None
    tied: str


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


def snapshot(root: UUID) -> Snapshot:
    """What is known in a root case now, in the order it became known."""
    parties, facts, files = (
        json.loads(found or "[]") for found in run(sql.SNAPSHOT, {"root": root})[0]
    )
    return Snapshot(
        parties=tuple(
            PartyNow(role, index, person and UUID(person), exists, tied)
            for role, index, person, exists, tied in parties
        ),
        facts=tuple(FactNow(*one[:7], datetime.fromisoformat(one[7]), *one[8:]) for one in facts),
        files={(material, role, index): file for material, role, index, file in files},
    )


def sent_before(root: Case, people: Collection[UUID], roles: Collection[str]) -> str | None:
    """The number of an earlier matter of the same kind for one of these people in these roles."""
    if not people:
        return None
    found = run(
        sql.SENT_BEFORE,
        {"people": list(people), "roles": list(roles), "what": root.what, "root": root.id},
    )
    return str(found[0][0]) if found else None
