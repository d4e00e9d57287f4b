"""Running a statement written by hand: prepared once a connection, values apart from its text.

Where speed asks for it a room reads or writes its rows by one such statement instead of through
models. This is the lowest room that has tables, so it stands here for those above.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from django.db import connection, models

from yiwang.kernel.canonical import canonical


def run(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement with named values (`%(name)s`) in the caller's transaction; its rows.

    Raises Django's database errors, as models do.
    """
    return _run(statement, values)[1]


def fetch(
    statement: str, values: Mapping[str, Any], *kinds: type[models.Model]
) -> tuple[Any, ...] | None:
    """The first row as one instance of each model, whose columns the statement selects in turn
    (`account.*, person.*`); None for a model that was joined in vain, or where there is no row."""
    columns, rows = _run(statement, values)
    if not rows:
        return None
    found, rest = [], list(zip(columns, rows[0], strict=True))
    for kind in kinds:
        width = len(kind._meta.concrete_fields)
        found.append(_instance(kind, dict(rest[:width])))
        rest = rest[width:]
    return tuple(found)


def _run(statement: str, values: Mapping[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    connection.ensure_connection()
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    bare: Any = psycopg.Cursor(connection.connection)  # prepares what it runs often
    with wrapped(bare) as cursor:
        cursor.execute(statement, values)
        if not cursor.description:
            return [], []
        return [column.name for column in cursor.description], cursor.fetchall()


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


def as_json(rows: Iterable[models.Model]) -> str:
    """Rows about to be inserted, as `jsonb_populate_recordset(NULL::table, …)` reads them."""
    return canonical([_columns(row) for row in rows]).decode()


def _columns(row: models.Model) -> dict[str, Any]:
    found = {_column(field): getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        column: f"\\x{value.hex()}" if isinstance(value, bytes) else value
        for column, value in found.items()
    }


def _column(field: models.Field[Any, Any] | None) -> str:
    """The column a field is kept in; a concrete field always has one."""
    return str(field.column) if field is not None else ""
