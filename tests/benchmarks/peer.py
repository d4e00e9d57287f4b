"""The peer of `submit`: bare psycopg writing the very rows one sending writes, in one statement.

What a sending wrote is read back from the database once; each repetition writes the same rows
again, on a copy of the draft's own rows, with ids and numbers of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.benchmarks.wire import CONNECTIONS, Run, by_all

BY_TRIGGER = {"procrastinate_events"}  # written by the database itself when a job is
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass
class Written:
    """What one sending wrote: JSON rows by table, those that are new and those changed."""

    added: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    changed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """New rows by table, changed ones as `table (changed)`."""
        return {
            **{table: len(rows) for table, rows in sorted(self.added.items())},
            **{f"{table} (changed)": len(rows) for table, rows in sorted(self.changed.items())},
        }


@contextmanager
def watching(url: str) -> Iterator[Written]:
    """Notes every row written to the database meanwhile. Nobody else may write then."""
    with psycopg.connect(url, autocommit=True) as db:
        keys = {table: _keys(db, table) for table in tables(db)}
        stood = {table: _standing(db, table, key) for table, key in keys.items()}
        since = int(db.execute("SELECT pg_current_xact_id()::text").fetchone()[0])
        found = Written()
        yield found
        for table, key in keys.items():
            query = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE xmin::text::bigint > %s").format(
                sql.Identifier(table)
            )
            for (row,) in db.execute(query, [since]):
                mark = tuple(str(row[name]) for name in key)
                into = found.changed if mark in stood[table] else found.added
                into.setdefault(table, []).append(row)


def tables(db: psycopg.Connection) -> list[str]:
    """The tables of the program."""
    rows = db.execute("SELECT relname FROM pg_class WHERE relkind = 'r' "
                      "AND relnamespace = 'public'::regnamespace ORDER BY 1")  # fmt: skip
    return [name for (name,) in rows]


def _keys(db: psycopg.Connection, table: str) -> list[str]:
    rows = db.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [f'"{table}"'],
    )
    return [name for (name,) in rows]


def _standing(db: psycopg.Connection, table: str, key: list[str]) -> set[tuple[str, ...]]:
    columns = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(one)) for one in key)
    return set(db.execute(sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(table))))


class Peer:
    """Repeats one sending's writes as fast as psycopg can."""

    def __init__(self, url: str, written: Written, number: str) -> None:
        self.url, self.written, self.number = url, written, number
        with psycopg.connect(url, autocommit=True) as db:
            self.keys = {t: _keys(db, t) for t in {*written.added, *written.changed}}
            self.serial = {t for t in written.added if self._is_serial(db, t)}
        self.statement = self._statement()
        self.forms = [self._form(rows) for _, rows in self._parts()]
        self.fresh_ids = self._fresh_ids()

    def run(self, count: int) -> Run:
        """Write `count` sendings over 16 connections. Raises where row counts differ."""
        copies = self._copies(count)
        with psycopg.connect(self.url, autocommit=True) as db:
            before = self._counted(db)
        run = by_all(copies, self._writer)
        with psycopg.connect(self.url, autocommit=True) as db:
            after = self._counted(db)
            self._forget_jobs(db)
        if run.faults:
            raise RuntimeError(f"the peer failed: {run.faults[0]}")
        self.counts = {t: (after[t] - before[t]) / count for t in after}
        return run

    # ---- what is written

    def _parts(self) -> list[tuple[str, list[dict[str, Any]]]]:
        added = {t: rows for t, rows in self.written.added.items() if t not in BY_TRIGGER}
        return [*self.written.changed.items(), *added.items()]

    def _statement(self) -> str:
        changes = [self._update(table) for table in self.written.changed]
        inserts = [self._insert(t) for t in self.written.added if t not in BY_TRIGGER]
        named = [f"w{n} AS ({words})" for n, words in enumerate([*changes, *inserts])]
        return f"WITH {', '.join(named)} SELECT 1"

    def _update(self, table: str) -> str:
        key = self.keys[table]
        columns = [name for name in self.written.changed[table][0] if name not in key]
        sets = ", ".join(f'"{name}" = new."{name}"' for name in columns)
        same = " AND ".join(f'old."{name}" = new."{name}"' for name in key)
        rows = f'jsonb_populate_recordset(NULL::"{table}", %s::jsonb) new'
        return f'UPDATE "{table}" old SET {sets} FROM {rows} WHERE {same}'

    def _insert(self, table: str) -> str:
        names = [n for n in self.written.added[table][0]
                 if not (table in self.serial and n in self.keys[table])]  # fmt: skip
        columns = ", ".join(f'"{name}"' for name in names)
        rows = f'jsonb_populate_recordset(NULL::"{table}", %s::jsonb)'
        return f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {rows}'

    def _is_serial(self, db: psycopg.Connection, table: str) -> bool:
        kind = db.execute(
            "SELECT data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = %s AND column_name = %s",
            [table, self.keys[table][0]],
        ).fetchone()
        return bool(kind and kind[0] in ("bigint", "integer"))

    # ---- ids of its own for each repetition

    def _fresh_ids(self) -> set[str]:
        """Ids that must be new each time: those of rows that are written, root and code too."""
        rows = [(t, r) for part in (self.written.added, self.written.changed)
                for t, several in part.items() for r in several]  # fmt: skip
        return {str(row[name]) for t, row in rows for name in self.keys[t]
                if re.fullmatch(UUID, str(row[name]))}  # fmt: skip

    def _form(self, rows: list[dict[str, Any]]) -> list[str]:
        """The JSON of the rows, cut at every id, number and key."""
        key = next((r["key"] for t in (self.written.changed, self.written.added)
                    for r in t.get("cases_case", []) if r["key"]), self.number)  # fmt: skip
        marks = f"({UUID}|{re.escape(self.number)}|{re.escape(key)})"
        self.key = key
        return re.split(marks, json.dumps(rows, ensure_ascii=False))

    def _filled(self, form: list[str], copy: dict[str, str]) -> str:
        found = list(form)
        for n in range(1, len(found), 2):
            mark = found[n]
            if mark in self.fresh_ids and mark not in copy:
                copy[mark] = str(uuid4())
            found[n] = copy.get(mark, mark)
        return "".join(found)

    def _copies(self, count: int) -> list[dict[str, str]]:
        """As many drafts: the rows a sending changes, each again under ids of its own."""
        copies = [{self.number: f"P{uuid4().hex[:16]}", self.key: uuid4().hex}
                  for _ in range(count)]  # fmt: skip
        changed = list(self.written.changed.items())
        with psycopg.connect(self.url) as db:
            for table, rows in changed:
                form = self._form(rows)
                for copy in copies:
                    filled = json.loads(self._filled(form, copy))
                    values = json.dumps([self._as_draft(row) for row in filled])
                    db.execute(f'INSERT INTO "{table}" SELECT * FROM '
                               f'jsonb_populate_recordset(NULL::"{table}", %s::jsonb)',
                               [values])  # fmt: skip
        return copies

    @staticmethod
    def _as_draft(row: dict[str, Any]) -> dict[str, Any]:
        return row | ({"key": None, "state": "draft"} if "key" in row else {})

    def _writer(self, _: int) -> Callable[[dict[str, str]], str]:
        db = psycopg.connect(self.url, autocommit=True)

        def do(copy: dict[str, str]) -> str:
            values = [self._filled(form, copy) for form in self.forms]
            try:
                db.execute(self.statement, values, prepare=True)
            except psycopg.Error as error:
                return str(error)
            return ""

        return do

    # ---- counting

    def _counted(self, db: psycopg.Connection) -> dict[str, int]:
        names = list(self.written.added)
        return {t: db.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in names}

    @staticmethod
    def _forget_jobs(db: psycopg.Connection) -> None:
        db.execute("DELETE FROM procrastinate_jobs")


def beside(url: str, written: Written, number: str, count: int) -> tuple[Run, dict[str, float]]:
    """The peer's run, and the rows it added for each sending, by table."""
    peer = Peer(url, written, number)
    peer.run(CONNECTIONS)  # warm
    run = peer.run(count)
    return run, peer.counts
