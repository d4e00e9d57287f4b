"""A gateway that moves no money: its own page, its own signed notifications, for trying out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from yiwang.kernel import moment
from yiwang.payments.errors import Forged
from yiwang.payments.gateway import Notice
from yiwang.payments.models import Order

SIGNATURE = "X-Sandbox-Signature"
SALT = "yiwang.payments.sandbox"


class Sandbox:
    """The gateway for trying out: everything is real but the money."""

    name = "sandbox"

    def begin(self, order: Order, *, back: str) -> str:
        """Its page stands in this house; it knows the way back by the order."""
        return reverse("payments:sandbox", args=[order.id])

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Notifications are JSON under an HMAC-SHA256 of this house's own key."""
        given = {name.lower(): value for name, value in headers.items()}
        if not constant_time_compare(signature(body), given.get(SIGNATURE.lower(), "")):
            raise Forged
        try:
            said = json.loads(body)
            at = datetime.fromisoformat(said["paid_at"])
            notice = Notice(said["order"], said["trade"], Decimal(said["amount"]), at)
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise Forged from error
        return notice

    def answer(self) -> bytes:
        """What it wants to hear."""
        return b"success"

    def refund(self, order: Order, *, amount: Decimal, key: str) -> str:
        """No money came, so none goes back; the same key gives the same number."""
        return f"R{key}"


def signature(body: bytes) -> str:
    """The signature of a notification."""
    return salted_hmac(SALT, body.decode("utf-8", "replace"), algorithm="sha256").hexdigest()


def notification(order: Order, *, amount: Decimal | None = None) -> tuple[bytes, dict[str, str]]:
    """What the sandbox sends once someone has pressed *pay*: body and headers.

    The same order gives the same payment number: it cannot be paid twice in the sandbox.
    """
    said = {
        "order": order.number,
        "trade": f"S{order.id.hex}",
        "amount": str(order.amount if amount is None else amount),
        "paid_at": moment.now().isoformat(),
    }
    body = json.dumps(said, sort_keys=True).encode()
    return body, {SIGNATURE: signature(body)}
