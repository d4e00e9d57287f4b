"""From a reading that was asked to one that is answered: no transaction spans the network."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, record
from yiwang.pack.queries import current
from yiwang.registers import breaker, followers, sources
from yiwang.registers.declarations import Element, Register
from yiwang.registers.models import Reading
from yiwang.registers.sources import Reply, SourceFailed
from yiwang.registers.subjects import numbers_in, subjects

BY = Actor("job", "registers.ask_source")


class TakenUpTwice(Exception):
    """Another run of the job settled this reading first; nothing of this one is kept."""


def settle(id: UUID) -> Reading | None:
    """Ask the source of a reading, store what came or failed, and tell the followers.

    None where the reading is not waiting (any more). The answer, its act and what the followers
    do are one transaction; it begins after the source has spoken.
    """
    reading = Reading.objects.filter(id=id, state=Reading.State.ASKED).first()
    if reading is None:
        return None
    pack = current()
    register = pack.get(Register, reading.register)
    try:
        reply = sources.ask(register, pack.all(Element), reading)
    except SourceFailed as failure:
        breaker.failed(register.id)
        return _store(reading, register, None, failure)
    breaker.succeeded(register.id)
    return _store(reading, register, reply, None)


def _store(
    reading: Reading, register: Register, reply: Reply | None, failure: SourceFailed | None
) -> Reading | None:
    try:
        with transaction.atomic():
            _fill(reading, reply, failure)
            _record(reading, register, reply)
            for _name, take_up in followers.ANSWERED.items():
                take_up(reading)
            _write(reading)
    except TakenUpTwice:
        return None
    return reading


def _fill(reading: Reading, reply: Reply | None, failure: SourceFailed | None) -> None:
    now = moment.now()
    reading.answered_at = now
    reading.seconds = (now - reading.asked_at).total_seconds()
    if reply is None:
        reading.state, reading.error = Reading.State.FAILED, str(failure)[:200]
        return
    reading.state = Reading.State.ANSWERED if reply.rows else Reading.State.NONE
    reading.as_of = reply.as_of
    reading.rows = [{c: row.get(c) for c in reading.granted} for row in reply.rows]


def _record(reading: Reading, register: Register, reply: Reply | None) -> None:
    rows: list[dict[str, Any]] = reply.rows if reply else []
    told = subjects(numbers_in(register, [reading.by, *rows]), by=BY)
    record(
        "register.failed" if reply is None else "register.answered",
        by=BY,
        about=told.values(),
        case=reading.case,
        root=reading.root,
        purpose=reading.purpose,
        basis=reading.basis,
        body={
            "register": reading.register,
            "reading": str(reading.id),
            "asked": str(reading.act),
            "columns": sorted(reading.granted),
            "found": len(rows),
            "error": reading.error,
        },
    )


def _write(reading: Reading) -> None:
    """Compare and set, last of all: followers lock the root case first, as everybody does."""
    kept = None if list(followers.ANSWERED) else reading.rows
    changed = Reading.objects.filter(id=reading.id, state=Reading.State.ASKED).update(
        state=reading.state,
        answered_at=reading.answered_at,
        seconds=reading.seconds,
        as_of=reading.as_of,
        error=reading.error,
        rows=kept,
    )
    if not changed:
        raise TakenUpTwice
