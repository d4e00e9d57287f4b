"""Which state of a bill follows which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BillState(TextChoices):
    """Where a bill stands."""

    DUE = "due", _("To be paid")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("No longer due")
    REFUNDED = "refunded", _("Refunded")


class OrderState(TextChoices):
    """Where an order at the gateway stands. `returned`: its money came for nothing, goes back."""

    BEGUN = "begun"
    PAID = "paid"
    EXPIRED = "expired"
    RETURNED = "returned"


class Answer(TextChoices):
    """What became of a notification; every one is kept."""

    TAKEN = "taken"
    REPEATED = "repeated"
    RETURNED = "returned"
    WRONG_AMOUNT = "wrong-amount"
    UNKNOWN_ORDER = "unknown-order"
    FORGED = "forged"


MOVES: dict[BillState, frozenset[BillState]] = {
    BillState.DUE: frozenset({BillState.PAID, BillState.CANCELLED}),
    BillState.PAID: frozenset({BillState.REFUNDED}),
    BillState.CANCELLED: frozenset(),
    BillState.REFUNDED: frozenset(),
}
