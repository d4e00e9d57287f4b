"""Finding rows: many asks at once, one statement by key and one by other columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from yiwang.registers.declarations import Register

MOST_ROWS = 100  # of one ask; whoever finds more has not asked for somebody

BY_KEY = """
    -- The row of each key, where its other columns fit too.
    SELECT a.n, r."values", r.since
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS a(n, register, key, by)
    JOIN registers_row r
      ON r.register = a.register AND r.key = a.key AND r."values" @> a.by::jsonb
    ORDER BY a.n
"""

BY_COLUMNS = """
    -- The rows whose columns hold the values asked for.
    SELECT a.n, r."values", r.since
    FROM unnest(%s::int[], %s::text[], %s::text[]) AS a(n, register, by)
    CROSS JOIN LATERAL (
        SELECT "values", since, key FROM registers_row
        WHERE register = a.register AND "values" @> a.by::jsonb
        ORDER BY key LIMIT %s
    ) r
    ORDER BY a.n, r.key
"""


@dataclass(frozen=True)
class Found:
    """A whole row, columns to JSON values, and the moment as of which it holds."""

    values: Mapping[str, Any]
    since: datetime


def find(asks: Iterable[tuple[Register, Mapping[str, str]]]) -> list[list[Found]]:
    """The rows of each ask (a register, columns to values), at most MOST_ROWS each."""
    numbered = list(enumerate(asks))
    keyed = [(n, r.id, by[r.key], json.dumps(by)) for n, (r, by) in numbered if r.key in by]
    others = [(n, r.id, json.dumps(by)) for n, (r, by) in numbered if r.key not in by]
    found: list[list[Found]] = [[] for _ in numbered]
    with connection.cursor() as cursor:
        if keyed:
            cursor.execute(BY_KEY, [list(column) for column in zip(*keyed, strict=True)])
            _take(cursor.fetchall(), found)
        if others:
            columns: list[Any] = [list(column) for column in zip(*others, strict=True)]
            cursor.execute(BY_COLUMNS, [*columns, MOST_ROWS])
            _take(cursor.fetchall(), found)
    return found


def _take(rows: Iterable[tuple[int, Any, datetime]], found: list[list[Found]]) -> None:
    for n, values, since in rows:
        read = json.loads(values) if isinstance(values, str) else values
        found[n].append(Found(read, since))
