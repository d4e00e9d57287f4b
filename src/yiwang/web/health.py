"""Whether this city is up, for machines that watch it."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, ProgrammingError, connection
from django.http import HttpRequest, JsonResponse

from yiwang.ledger.sequencer import backlog
from yiwang.pack.errors import NoPack
from yiwang.pack.queries import current_hash
from yiwang.ui.audiences import public

LATE_HEARTBEAT = 40.0  # seconds; a worker tells of itself every ten
LONG_BACKLOG = 20_000  # acts that wait for a position: ten seconds of a very busy city


def state() -> dict[str, object]:
    """`ok`, and of each part: `database`, `pack`, `worker`, `positions`.

    `pack` is the version that is live, None where none was loaded; `worker` the seconds since a
    worker last told of itself; `positions` the acts that wait for their place in the log.

    `database` is "up", "down", or "unprepared" where `yiwang prepare` has not made the tables; then
    the others are None. No error is raised.
    """
    try:
        heartbeat, waiting, pack = _heartbeat(), backlog(), _pack()
    except ProgrammingError:
        return _unwell("unprepared")
    except (DatabaseError, InterfaceError):
        connection.close()
        return _unwell("down")
    at_work = heartbeat is not None and heartbeat < LATE_HEARTBEAT
    return {
        "ok": at_work and waiting < LONG_BACKLOG and pack is not None,
        "database": "up",
        "pack": pack,
        "worker": {"heartbeat_seconds": heartbeat},
        "positions": {"waiting": waiting},
    }


def _unwell(database: str) -> dict[str, object]:
    return {"ok": False, "database": database, "pack": None, "worker": None, "positions": None}


def _pack() -> str | None:
    try:
        return current_hash()[:12]
    except NoPack:
        return None


def _heartbeat() -> float | None:
    """Seconds since the youngest worker last told of itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - max(last_heartbeat))::float"
            " FROM procrastinate_workers"
        )
        (seconds,) = cursor.fetchone()
    return None if seconds is None else round(max(seconds, 0.0), 1)


@public
def health(request: HttpRequest) -> JsonResponse:
    """`state()` as JSON; 200 when all is well, else 503. Says nothing of people or secrets."""
    found = state()
    return JsonResponse(found, status=200 if found["ok"] else 503)
