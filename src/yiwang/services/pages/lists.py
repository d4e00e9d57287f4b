"""A person's matters as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.cases.matters import asked_for_more, matters_of, roots_to_confirm
from yiwang.cases.models import Case
from yiwang.cases.states import ENDED, Outcome, State
from yiwang.kernel.words import Text
from yiwang.payments.queries import due_of
from yiwang.services.pages.standing import OUTCOME_TONES, TONES
from yiwang.services.queries import plan_for
from yiwang.ui.formats import money

ON_HAND = 8  # lines on a first page


@dataclass(frozen=True)
class MatterLine:
    """One matter of the list. `waits` is whether something is asked of the person,
    `firm` the firm whose it is."""

    number: str
    title: Text
    url: str
    state: str
    tone: str
    at: datetime
    waits: bool
    firm: str = ""


@dataclass(frozen=True)
class MatterGroup:
    """Matters under one heading."""

    title: str
    lines: tuple[MatterLine, ...]


def listed(roots: Sequence[Case]) -> list[MatterGroup]:
    """Matters in groups: drafts, under way, done; empty groups are left out."""
    asked = asked_for_more([root.id for root in roots])
    lines = [(group_of(root), line_of(root, root.id in asked)) for root in roots]
    titles = (gettext("Not sent yet"), gettext("Under way"), gettext("Done"))
    groups = [
        MatterGroup(title, tuple(line for group, line in lines if group == n))
        for n, title in enumerate(titles)
    ]
    return [group for group in groups if group.lines]


def on_hand(person: UUID) -> list[MatterLine]:
    """A person's drafts and matters under way, what waits for them first."""
    rows = [root for root in matters_of(person)[:ON_HAND] if State(root.state) not in ENDED]
    lines = [line for group in listed(rows) for line in group.lines]
    return [*to_confirm(person), *to_pay(person), *sorted(lines, key=lambda line: not line.waits)]


def to_confirm(person: UUID) -> list[MatterLine]:
    """Matters of others in which this person was named and has not said whether they agree."""
    return [
        MatterLine(
            number=root.number,
            title=plan_for(root).title,
            url=reverse("services:confirm", args=[root.number]),
            state=gettext("Do you agree?"),
            tone="wait",
            at=root.submitted_at or root.created_at,
            waits=True,
        )
        for root in roots_to_confirm(person)
    ]


def to_pay(person: UUID) -> list[MatterLine]:
    """What this person has to pay now, in their own matters and in others'."""
    return [
        MatterLine(
            number=bill.number,
            title=bill.words,
            url=reverse("payments:payment", args=[bill.number]),
            state=money(bill.amount),
            tone="wait",
            at=bill.opened_at,
            waits=True,
        )
        for bill in due_of(person)
    ]


def group_of(root: Case) -> int:
    """0 for a draft, 1 for what is under way, 2 for what has ended."""
    if root.state == State.DRAFT:
        return 0
    return 2 if State(root.state) in ENDED else 1


def line_of(root: Case, waits: bool) -> MatterLine:
    """One matter as a line."""
    draft = root.state == State.DRAFT
    view = "services:draft" if draft else "services:matter"
    ended = State(root.state) in ENDED and root.outcome
    state = Outcome(root.outcome).label if ended else State(root.state).label
    tone = OUTCOME_TONES[root.outcome] if ended else TONES.get(root.state, "neutral")
    return MatterLine(
        number=root.number,
        title=plan_for(root).title,
        url=reverse(view, args=[root.number]),
        state=gettext("Waiting for you") if waits else str(state),
        tone="wait" if waits else tone,
        at=root.submitted_at or root.created_at,
        waits=waits or draft,
        firm=root.organisation.name if root.organisation else "",
    )
