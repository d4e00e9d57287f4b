"""Letting rows that nobody reads again before the end be written together.

A grant writes acts, messages and verdicts; ten grants in one transaction write ten times as many,
still by one statement each. What fails inside a block leaves nothing behind to be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Row = TypeVar("Row")
Write = Callable[[list[Any]], object]

_waiting: ContextVar[dict[Write, list[Any]] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Rows handed to `written` inside are written when the outermost block ends well."""
    mine: dict[Write, list[Any]] = {}
    token = _waiting.set(mine)
    try:
        yield
    finally:
        _waiting.reset(token)
    for write, rows in mine.items():
        written(write, rows)


def written(write: Callable[[list[Row]], object], rows: list[Row]) -> None:
    """Write rows now, or with all others of their kind where a block is open."""
    waiting = _waiting.get()
    if waiting is None:
        write(rows)
    else:
        waiting.setdefault(write, []).extend(rows)
