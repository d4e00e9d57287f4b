"""Which state follows which. One table each for cases and tasks."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a case stands."""

    DRAFT = "draft", _("Not sent yet")
    WAITING = "waiting", _("Waiting for another step")
    SUBMITTED = "submitted", _("Received, being checked")
    ACCEPTED = "accepted", _("Accepted, being decided")
    SUPPLEMENTING = "supplementing", _("Waiting for you")
    PAYING = "paying", _("Waiting for payment")
    UNDER_WAY = "under-way", _("Under way")
    DECIDED = "decided", _("Decided")
    NOT_ACCEPTED = "not-accepted", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Finished")


class Outcome(TextChoices):
    """How a case ended."""

    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    NOT_ACCEPTED = "not-accepted", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PARTLY = "partly", _("Partly granted")


class Verb(TextChoices):
    """What a task asks to be done."""

    ACCEPT = "accept", _("Check and accept")
    DECIDE = "decide", _("Decide")
    CONFIRM = "confirm", _("Confirm")
    SUPPLY = "supply", _("Add what was asked for")
    PAY = "pay", _("Pay")
    REWORK = "rework", _("Make good")
    VERIFY = "verify", _("Check a late answer")
    CONVENE = "convene", _("Convene the joint review")
    OPINE = "opine", _("Give an opinion for the joint review")
    CONCLUDE = "conclude", _("Record what the joint review concluded")


class Stance(TextChoices):
    """What a department says in a joint review."""

    AGREE = "agree", _("Agrees")
    IF = "if", _("Agrees under conditions")
    OBJECT = "object", _("Objects")


class Reviewed(TextChoices):
    """What came of a joint review. Lapsed: nothing was left to review."""

    ADOPTED = "adopted", _("Adopted")
    CONDITIONS = "conditions", _("Adopted with changes to make")
    NOT = "not", _("Not adopted")
    LAPSED = "lapsed", _("No longer needed")


class Progress(TextChoices):
    """Where a task stands."""

    OPEN = "open", _("Open")
    CLAIMED = "claimed", _("In hand")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


S = State
MOVES: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.WAITING, S.SUBMITTED, S.UNDER_WAY, S.WITHDRAWN}),
    S.WAITING: frozenset({S.DRAFT, S.SUBMITTED, S.WITHDRAWN}),
    S.SUBMITTED: frozenset(
        {S.ACCEPTED, S.SUPPLEMENTING, S.PAYING, S.NOT_ACCEPTED, S.DECIDED, S.WITHDRAWN}
    ),
    S.ACCEPTED: frozenset({S.SUPPLEMENTING, S.PAYING, S.DECIDED, S.WITHDRAWN}),
    S.PAYING: frozenset({S.SUBMITTED, S.ACCEPTED, S.WITHDRAWN}),
    S.SUPPLEMENTING: frozenset({S.SUBMITTED, S.ACCEPTED, S.NOT_ACCEPTED, S.WITHDRAWN}),
    S.UNDER_WAY: frozenset({S.DRAFT, S.CLOSED}),
    S.CLOSED: frozenset({S.UNDER_WAY}),
    S.DECIDED: frozenset(),
    S.NOT_ACCEPTED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
ENDED = frozenset({S.DECIDED, S.NOT_ACCEPTED, S.WITHDRAWN, S.CLOSED})
WITH_OFFICE = frozenset({S.SUBMITTED, S.ACCEPTED})
