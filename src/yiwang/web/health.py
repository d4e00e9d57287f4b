"""Whether this city is up, for machines that watch it."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, ProgrammingError, connection
from django.http import HttpRequest, JsonResponse

from yiwang.ledger.sequencer import backlog
from yiwang.ui.audiences import public

LATE_HEARTBEAT = 40.0  # seconds; a worker tells of itself every ten
LONG_BACKLOG = 20_000  # acts that wait for a position: ten seconds of a very busy city


def state() -> dict[str, object]:
    """`ok`, and of each part: `database`, `worker` (seconds since its heartbeat), `positions`.

    `database` is "up", "down", or "unprepared" where `yiwang prepare` has not made the tables; then
    the others are None. No error is raised.
    """
    try:
        heartbeat, waiting = _heartbeat(), backlog()
    except ProgrammingError:
        return _unwell("unprepared")
    except (DatabaseError, InterfaceError):
        connection.close()
        return _unwell("down")
    well = heartbeat is not None and heartbeat < LATE_HEARTBEAT and waiting < LONG_BACKLOG
    return {
        "ok": well,
        "database": "up",
        "worker": {"heartbeat_seconds": heartbeat},
        "positions": {"waiting": waiting},
    }


def _unwell(database: str) -> dict[str, object]:
    return {"ok": False, "database": database, "worker": None, "positions": None}


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
