"""Running a statement written by hand: prepared once a connection, values apart from its text.

Where speed asks for it a room reads or writes its rows by one such statement instead of through
models. This is the lowest room that has tables, so it stands here for those above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from django.db import connection, models

from yiwang.kernel.canonical import canonical


def run(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement with named values (`%(name)s`) in the caller's transaction; its rows.

    Raises Django's database errors, as models do.
    """
    connection.ensure_connection()
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrapped(psycopg.Cursor(connection.connection)) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def as_json(rows: Iterable[models.Model]) -> str:
    """Rows about to be inserted, as `jsonb_populate_recordset(NULL::table, …)` reads them."""
    return canonical([_columns(row) for row in rows]).decode()


def _columns(row: models.Model) -> dict[str, Any]:
    found = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        column: f"\\x{value.hex()}" if isinstance(value, bytes) else value
        for column, value in found.items()
    }
