"""The database for a single command when `DATABASE_URL` is not set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from yiwang.web.supervisor.home import held, wait_until, writable
from yiwang.web.supervisor.postgres import Cluster
from yiwang.web.supervisor.trouble import CannotStart


@contextmanager
def own_database(home: Path) -> Iterator[str]:
    """The address of our own PostgreSQL: the one `yiwang up` runs, or one for this block."""
    writable(home)
    note = home / "postgres.url"
    if _is_up(home):
        if not wait_until(lambda: _answers(note), seconds=60):
            raise CannotStart(
                "yiwang up 正在运行,但它的数据库没有应答。请稍后再试。",
                "yiwang up is running but its database does not answer. Try again in a moment.",
            )
        yield note.read_text().strip()
        return
    with held(home, "command", patience=60):
        cluster = Cluster.at(home / "postgres")
        process = cluster.launch()
        try:
            cluster.wait(process)
            yield cluster.url()
        finally:
            cluster.stop(process)


def _is_up(home: Path) -> bool:
    """Whether a `yiwang up` holds this home: the lock is taken, and by an `up`."""
    try:
        with held(home, "command", patience=0):
            return False
    except CannotStart:
        return (home / "running.lock").read_text().startswith("up ")


def _answers(note: Path) -> bool:
    try:
        with psycopg.connect(note.read_text().strip(), connect_timeout=2):
            return True
    except (OSError, psycopg.OperationalError):
        return False
