"""Letting rows that nobody reads again before the end be written together.

A sending writes cases, acts, messages and jobs; ten grants in one transaction write ten times as
many: all of it by one statement at the end. What fails inside a block leaves nothing behind to be
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from yiwang.ledger.statement import as_json, run

Row = TypeVar("Row")


@dataclass(frozen=True)
class Write:
    """How rows of one kind are written: a statement that reads them as the JSON `%(name)s` and
    returns something. `ready` makes that JSON of them."""

    name: str
    statement: str
    ready: Callable[[list[Any]], str] = as_json

    def __call__(self, rows: list[Any]) -> None:
        """Write these rows by themselves."""
        write_all({self: rows})


Writer = Callable[[list[Any]], object]  # a Write, or whatever else takes the rows

_waiting: ContextVar[dict[Writer, list[Any]] | None] = ContextVar("waiting", default=None)
_kept: ContextVar[dict[object, Any] | None] = ContextVar("kept", default=None)


def inserting(name: str, table: str) -> Write:
    """Writing new rows of a table."""
    rows = f"jsonb_populate_recordset(NULL::{table}, %({name})s::jsonb)"
    return Write(name, f"INSERT INTO {table} SELECT * FROM {rows} RETURNING 1")


@contextmanager
def together() -> Iterator[None]:
    """Rows handed to `written` inside are written when the outermost block ends well."""
    outer = _waiting.get()
    if outer is None:
        with _outermost() as mine:
            yield
            _waiting.set(None)
            write_all(mine)
        return
    inner: dict[Writer, list[Any]] = {}
    token = _waiting.set(inner)
    try:
        yield
    finally:
        _waiting.reset(token)
    for write, rows in inner.items():
        outer.setdefault(write, []).extend(rows)


@contextmanager
def _outermost() -> Iterator[dict[Writer, list[Any]]]:
    mine: dict[Writer, list[Any]] = {}
    tokens = _waiting.set(mine), _kept.set({})
    try:
        yield mine
    finally:
        _waiting.reset(tokens[0])
        _kept.reset(tokens[1])


def keep(name: object, value: Any) -> None:
    """What was read inside a block is at hand for those who write at its end."""
    kept_now = _kept.get()
    if kept_now is not None:
        kept_now[name] = value


def kept(name: object) -> Any:
    """What `keep` was given in this block; None where nothing was."""
    return (_kept.get() or {}).get(name)


def written(write: Callable[[list[Row]], object], rows: list[Row]) -> None:
    """Write rows now, or with all others where a block is open."""
    waiting = _waiting.get()
    if waiting is None:
        write(rows)
    else:
        waiting.setdefault(write, []).extend(rows)


def write_all(rows: Mapping[Writer, list[Any]]) -> None:
    """Write rows of several kinds now: by one statement those that have a `Write`."""
    by_statement = {one: of for one, of in rows.items() if isinstance(one, Write) and of}
    for write, others in rows.items():
        if not isinstance(write, Write):
            write(others)
    if by_statement:
        values = {write.name: write.ready(of) for write, of in by_statement.items()}
        run(_whole(tuple(by_statement)), values)


@lru_cache(maxsize=64)
def _whole(writes: tuple[Write, ...]) -> str:
    """One statement for all. Each part is counted: PostgreSQL leaves out what nobody reads."""
    parts = ", ".join(f"{write.name} AS ({write.statement})" for write in writes)
    counts = ", ".join(f"(SELECT count(*) FROM {write.name})" for write in writes)
    return f"WITH {parts} SELECT {counts}"
