"""What one piece of work costs: processor time by process, of a machine that all of them share."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.benchmarks.figure import rounded
from tests.benchmarks.town import Town

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


@contextmanager
def costing(town: Town) -> Iterator[dict[str, float]]:
    """Filled at the end of the block with milliseconds by process: the town's own, its
    connections' in PostgreSQL, and the client's, which is this one."""
    spent: dict[str, float] = {}
    before = _spent(town)
    yield spent
    after = _spent(town)
    spent |= {name: after[name] - before[name] for name in after}


def each(spent: dict[str, float], count: int) -> dict[str, float]:
    """The milliseconds of one piece of work, by process and in all."""
    return {name: rounded(ms / count) for name, ms in {**spent, "all": sum(spent.values())}.items()}


def _spent(town: Town) -> dict[str, float]:
    found = {name: sum(map(_ms, _tree(one.pid))) for name, one in town.running.items()}
    with psycopg.connect(town.url) as db:
        backends = db.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return found | {
        "postgres": sum(_ms(pid) for (pid,) in backends),
        "client": 1000 * time.process_time(),
    }


def _tree(pid: int) -> list[int]:
    """A process and all it started."""
    parents = {int(one.name): _fields(int(one.name)) for one in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:
        found += [child for child, fields in parents.items() if fields and int(fields[1]) == one]
    return found


def _ms(pid: int) -> float:
    fields = _fields(pid)
    return TICK * (int(fields[11]) + int(fields[12])) if fields else 0.0


def _fields(pid: int) -> list[str]:
    """/proc/PID/stat after the name (proc(5)); empty where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
