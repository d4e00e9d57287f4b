"""Running a statement written by hand: prepared once a connection, values apart from its text.

Where speed asks for it a room reads or writes its rows by one such statement instead of through
models. This is the lowest room that has tables, so it stands here for those above.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import psycopg
from django.db import connection, models

from yiwang.kernel.canonical import canonical


def run(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement with named values (`%(name)s`) in the caller's transaction; its rows.

    Raises Django's database errors, as models do.
    """
    with _run(statement, values) as cursor:
        return cursor.fetchall() if cursor.pgresult.nfields else []


def fetch(
    statement: str, values: Mapping[str, Any], *kinds: type[models.Model]
) -> tuple[Any, ...] | None:
    """The first row as one instance of each model, whose columns the statement selects in turn
    (`account.*, person.*`); None for a model that was joined in vain, or where there is no row."""
    with _run(statement, values) as cursor:
        row = cursor.fetchone()
        if row is None:
            return None
        columns = [cursor.pgresult.fname(n).decode() for n in range(cursor.pgresult.nfields)]
    found, rest = [], list(zip(columns, row, strict=True))
    for kind in kinds:
        width = len(kind._meta.concrete_fields)
        found.append(_instance(kind, dict(rest[:width])))
        rest = rest[width:]
    return tuple(found)


@dataclass(frozen=True)
class Part:
    """A look at the tables of one room: SQL that gives one row with one JSON value, and the
    values it names. Several rooms' parts are asked together by `look`."""

    sql: str
    values: Mapping[str, Any]


def look(*parts: Part) -> list[Any]:
    """What each part tells, by one statement; None where it tells nothing.

    A value that two parts name by the same word has to be the same value.
    """
    values: dict[str, Any] = {}
    for part in parts:
        values |= part.values
    (row,) = run(_whole(tuple(part.sql for part in parts)), values)
    return [None if told is None else json.loads(told) for told in row]


@lru_cache(maxsize=64)
def _whole(parts: tuple[str, ...]) -> str:
    return "SELECT " + ", ".join(f"({part})::text" for part in parts)


def _run(statement: str, values: Mapping[str, Any]) -> Any:
    """A cursor of psycopg's own that ran the statement: it prepares what it runs often.

    Django's wrapper, which costs as much again, only where somebody counts statements.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    bare: Any = psycopg.Cursor(connection.connection)
    if connection.queries_logged:
        connection.make_debug_cursor(bare).execute(statement, values)
        return bare
    with connection.wrap_database_errors:
        bare.execute(statement, values)
    return bare


def _instance(kind: type[models.Model], row: dict[str, Any]) -> models.Model | None:
    """As Django makes one of a row; what it keeps as JSON comes as text."""
    if row[_column(kind._meta.pk)] is None:
        return None
    fields = kind._meta.concrete_fields
    values = [
        json.loads(row[_column(field)])
        if isinstance(field, models.JSONField) and row[_column(field)] is not None
        else row[_column(field)]
        for field in fields
    ]
    return kind.from_db(connection.alias, [field.attname for field in fields], values)


def ids_of(rows: str) -> str:
    """The ids of rows that are handed in as the JSON `%(rows)s`, to find those they change by.

    Joined alone, PostgreSQL takes the JSON for a hundred rows and reads a table of some thousands
    from its beginning to its end instead of looking one up.
    """
    return f"ANY(ARRAY(SELECT (one->>'id')::uuid FROM jsonb_array_elements(%({rows})s::jsonb) one))"


def as_json(rows: Iterable[models.Model]) -> str:
    """Rows about to be inserted, as `jsonb_populate_recordset(NULL::table, …)` reads them."""
    return canonical([_columns(row) for row in rows]).decode()


def _columns(row: models.Model) -> dict[str, Any]:
    found = row.__dict__
    return {
        column: f"\\x{value.hex()}" if isinstance(value := found[name], bytes) else value
        for column, name in _names(type(row))
    }


@cache
def _names(kind: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """The columns of a table, each with the name its value has in a row."""
    return tuple((_column(field), field.attname) for field in kind._meta.concrete_fields)


def _column(field: models.Field[Any, Any] | None) -> str:
    """The column a field is kept in; a concrete field always has one."""
    return str(field.column) if field is not None else ""
