"""Asking again what a source failed to tell: provisional answers do not stay so for ever."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from yiwang.cases.actions import discard_draft
from yiwang.cases.models import Case, Fact
from yiwang.cases.states import State
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask as GateAsk
from yiwang.registers.gate import read as read_gate
from yiwang.registers.models import Reading
from yiwang.registers.sources import address_of
from yiwang.services.queries import plan_for

BY = Actor("job", "services.recheck")
DRAFT_DAYS = 30
AGAIN_AFTER = timedelta(minutes=5)
FOR = timedelta(days=14)


def roots_with_doubts() -> list[Case]:
    """Roots under way, or closed lately, where something still stands provisionally."""
    since = moment.now() - FOR
    doubtful = Fact.objects.filter(provisional=True, current=True, created_at__gte=since)
    return list(
        Case.objects.filter(id__in=doubtful.values("root"), state__in=(
            State.UNDER_WAY, State.SUBMITTED, State.ACCEPTED, State.CLOSED,
        ))
    )  # fmt: skip


@transaction.atomic
def recheck(root: Case) -> int:
    """Ask once more each source that failed, if it can be reached; returns how many are asked."""
    plan = plan_for(root)
    latest: dict[tuple[str, str], Reading] = {}
    for reading in Reading.objects.filter(root=root.id).order_by("asked_at"):
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
    old = Case.objects.filter(
        state=State.DRAFT, parent=None, created_at__lt=moment.now() - timedelta(days=DRAFT_DAYS)
    )
    for case in old[:500]:
        discard_draft(case.id, by=BY)
    return len(old[:500])
