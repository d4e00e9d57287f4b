"""Whether what a source says can be believed: shape, types, and that it answers the question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yiwang.kernel import moment
from yiwang.registers.declarations import Element, Register
from yiwang.registers.values import from_json, to_json

MOST_ROWS = 100
AHEAD = timedelta(minutes=5)  # by which another agency's clock may be fast


class Malformed(Exception):
    """A source's answer is not what the protocol says; the text quotes none of its values."""


@dataclass(frozen=True)
class Reply:
    """Rows a source told of, columns to JSON values, and the moment as of which they hold."""

    rows: list[dict[str, Any]]
    as_of: datetime


def reply_of(
    answer: bytes,
    register: Register,
    elements: Mapping[str, Element],
    *,
    by: Mapping[str, str],
    columns: Sequence[str],
) -> Reply:
    """What a source answered, less everything that was not asked for. Raises Malformed."""
    told = _loaded(answer)
    rows, as_of = told.get("rows"), _moment(told.get("as_of"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Malformed("answered without a list of rows")
    if len(rows) > MOST_ROWS:
        raise Malformed(f"answered with more than {MOST_ROWS} rows")
    wanted = {*columns, *by, *register.about}
    return Reply([_row(row, register, elements, by, wanted) for row in rows], as_of)


def _loaded(answer: bytes) -> dict[str, Any]:
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        raise Malformed("answered with something that is not JSON") from None
    if not isinstance(told, dict):
        raise Malformed("answered with JSON that is not an object")
    return told


def _moment(text: object) -> datetime:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Malformed("answered without saying as of when")
    if at > moment.now() + AHEAD:
        raise Malformed("answered as of a moment in the future")
    return at


def _row(
    row: Mapping[str, Any],
    register: Register,
    elements: Mapping[str, Element],
    by: Mapping[str, str],
    wanted: set[str],
) -> dict[str, Any]:
    if any(row.get(column) != value for column, value in by.items()):
        raise Malformed("answered with a row nobody asked for")
    return {
        column: _value(elements[register.columns[column]], column, row[column])
        for column in sorted(wanted & set(row))
    }


def _value(element: Element, column: str, json_value: object) -> Any:
    try:
        return to_json(from_json(element, json_value))
    except (ValueError, TypeError):
        raise Malformed(f"answered with a value of {column} that is no {element.type}") from None
