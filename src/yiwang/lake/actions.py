"""Following the ledger into the lake, and keeping its files few."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import connection, transaction

from yiwang.lake import acts, parts
from yiwang.lake.models import Part

LOCK = 0x79694C61  # "yiLa"
BATCH = 50_000  # acts a file
WHOLE = 1_000_000  # rows beyond which a file is left alone
OLD = 3600.0  # seconds after which a file nobody listed was left by a failure


def follow() -> int:
    """Bring what the ledger has placed since; returns how many acts. One at a time."""
    brought = 0
    while n := _bring():
        brought += n
    return brought


@transaction.atomic
def _bring() -> int:
    if not _alone():
        return 0
    rows = acts.after(parts.last_position(acts.DATASET), BATCH)
    if rows.height == 0:
        return 0
    first, last = rows["position"][0], rows["position"][-1]
    parts.add(acts.DATASET, rows, first=first, last=last)
    return rows.height


@transaction.atomic
def compact(dataset: str = acts.DATASET) -> int:
    """Put neighbouring small files into one; returns how many were replaced. The old ones stay on
    disk, unlisted, until `sweep`: a query that began before may still read them."""
    if not _alone():
        return 0
    run = _small(parts.listed(dataset))
    if len(run) < 2:
        return 0
    rows = parts.read(run)
    Part.objects.filter(pk__in=[part.pk for part in run]).delete()
    parts.add(dataset, rows, first=run[0].first, last=run[-1].last)
    return len(run)


def _small(listed: list[Part]) -> list[Part]:
    """The latest run of files that together still make one."""
    run: list[Part] = []
    size = 0
    for part in reversed(listed):
        size += part.rows
        if size > WHOLE:
            break
        run.insert(0, part)
    return run


def sweep() -> int:
    """Remove files nobody lists any more, an hour after they were written."""
    known = set(Part.objects.values_list("path", flat=True))
    removed = 0
    for path in parts.root().glob("*/*.parquet"):
        if str(path.relative_to(parts.root())) not in known and _old(path):
            path.unlink()
            removed += 1
    return removed


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > OLD


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
