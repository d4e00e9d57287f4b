"""Giving positions: any committed act without one gets the next.

Runs after the fact, so that writers never wait for each other; an act whose transaction hung for
minutes simply stands later in the log. Several sequencers may run: one at a time holds the lock.
"""

from __future__ import annotations

import threading

from django.db import connection, transaction

LOCK = 0x79695761  # "yiWa"

PLACE = """
    -- Give the next positions to committed acts that have none.
    WITH head AS (SELECT coalesce(max(position) + 1, 0) AS next FROM ledger_position),
    unplaced AS (
        SELECT a.id, row_number() OVER (ORDER BY a.recorded_at, a.id) - 1 AS nth
        FROM ledger_act a
        LEFT JOIN ledger_position p ON p.act_id = a.id
        WHERE p.act_id IS NULL {recent}
        ORDER BY a.recorded_at, a.id LIMIT 5000
    )
    INSERT INTO ledger_position (position, act_id)
    SELECT head.next + unplaced.nth, unplaced.id FROM head, unplaced
"""
RECENT = "AND a.recorded_at > now() - interval '1 hour'"


def place(*, whole: bool = False) -> int:
    """Place up to 5,000 acts; returns how many. `whole` looks beyond the last hour too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(PLACE.format(recent="" if whole else RECENT))
        return max(int(cursor.rowcount), 0)


def backlog() -> int:
    """Acts of the last hour that still wait for a position."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_act a LEFT JOIN ledger_position p ON p.act_id = a.id "
            f"WHERE p.act_id IS NULL {RECENT}"
        )
        return int(cursor.fetchone()[0])


def run(stop: threading.Event, *, every: float = 0.5, whole_every: int = 600) -> None:
    """Place acts until `stop` is set: recent ones each half second, all every five minutes."""
    rounds = 0
    while not stop.is_set():
        placed = place(whole=rounds % whole_every == 0)
        rounds += 1
        if placed < 5000:
            stop.wait(every)
