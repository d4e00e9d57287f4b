"""Giving positions: any committed act without one gets the next.

Runs after the fact, so that writers never wait for each other; an act whose transaction hung for
minutes simply stands later in the log. Several sequencers may run: one at a time holds the lock.
"""

from __future__ import annotations

import logging
import threading

from django.db import connection, transaction

from yiwang.ledger.sealer import RestoredBehind, seal

log = logging.getLogger(__name__)

LOCK = 0x79695761  # "yiWa"

MOST = 50_000  # acts placed at once
PLACE = """
    -- Give the next positions to committed acts that have none.
    WITH head AS (SELECT coalesce(max(position) + 1, 0) AS next FROM ledger_position),
    unplaced AS (
        SELECT a.id, row_number() OVER (ORDER BY a.recorded_at, a.id) - 1 AS nth
        FROM ledger_act a
        WHERE a.recorded_at > {since}
            AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.act_id = a.id)
        ORDER BY a.recorded_at, a.id LIMIT {most}
    )
    INSERT INTO ledger_position (position, act_id)
    SELECT head.next + unplaced.nth, unplaced.id FROM head, unplaced
"""
MINUTE, HOUR, EVER = "now() - interval '1 minute'", "now() - interval '1 hour'", "'-infinity'"
BACKLOG = f"""
    -- How many acts of the last hour still wait for a position.
    SELECT count(*) FROM ledger_act a WHERE a.recorded_at > {HOUR}
        AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.act_id = a.id)
"""


def place(*, since: str = HOUR) -> int:
    """Place up to 50,000 acts; returns how many. `since` bounds how far back they are looked for:
    an act whose transaction hung was recorded long before it was committed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(PLACE.format(since=since, most=MOST))
        return max(int(cursor.rowcount), 0)


def backlog() -> int:
    """Acts of the last hour that still wait for a position."""
    with connection.cursor() as cursor:
        cursor.execute(BACKLOG)
        return int(cursor.fetchone()[0])


def run(stop: threading.Event, *, every: float = 0.5) -> None:
    """Place and seal until `stop` is set: acts of the last minute each half second, of the last
    hour every ten seconds, whatever was left behind every five minutes."""
    rounds = 0
    while not stop.is_set():
        placed = place(since=_how_far_back(rounds))
        rounds += 1
        _seal()
        if placed < MOST:
            stop.wait(every)


def _how_far_back(rounds: int) -> str:
    if rounds % 600 == 0:
        return EVER
    return HOUR if rounds % 20 == 0 else MINUTE


def _seal() -> None:
    """Seal what was placed. What must not be signed is told and changes nothing; acts go on."""
    try:
        seal()
    except RestoredBehind as error:
        log.error("Nothing is signed any more: %s. See docs/how-to/check-the-ledger.md", error)
