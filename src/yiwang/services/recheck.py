"""Asking again what a source failed to tell: provisional answers do not stay so for ever."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import discard_draft
from yiwang.cases.models import Case
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask as GateAsk
from yiwang.registers.gate import read as read_gate
from yiwang.registers.models import Reading
from yiwang.registers.queries import readings_of
from yiwang.registers.sources import address_of
from yiwang.services.queries import plan_for

BY = Actor("job", "services.recheck")
DRAFT_DAYS = 30
MANY = 500  # drafts let go of in one round
AGAIN_AFTER = timedelta(minutes=5)
FOR = timedelta(days=14)


def roots_with_doubts() -> list[Case]:
    """Roots under way, or closed lately, where something still stands provisionally."""
    return roots.doubted_since(moment.now() - FOR)


@transaction.atomic
def recheck(root: Case) -> int:
    """Ask once more each source that failed, if it can be reached; returns how many are asked."""
    plan = plan_for(root)
    latest: dict[tuple[str, str], Reading] = {}
    for reading in readings_of(root.id):
        latest[reading.register, str(sorted(reading.by.items()))] = reading
    asks = []
    for reading in latest.values():
        register = plan.pack.get(Register, reading.register)
        rested = moment.now() - reading.asked_at > AGAIN_AFTER
        if reading.state == Reading.State.FAILED and rested and address_of(register):
            asks.append(GateAsk(register, reading.by, tuple(reading.columns), _offices(reading)))
    if asks:
        read_gate(asks, purpose=f"{root.kind}:{root.what}", case=root.id, root=root.id, by=BY)
    return len(asks)


def _offices(reading: Reading) -> tuple[str, ...]:
    return tuple(sorted({one for who in reading.granted.values() for one in who}))


def discard_old_drafts() -> int:
    """Drafts nobody came back to within thirty days end; returns how many."""
    old = roots.drafts_before(moment.now() - timedelta(days=DRAFT_DAYS), MANY)
    for draft in old:
        discard_draft(draft, by=BY)
    return len(old)
