"""What a payment gateway must be able to do, and which one the setting names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from yiwang.payments.errors import UnknownGateway
from yiwang.payments.models import Order

SANDBOX = "yiwang.payments.sandbox.Sandbox"


@dataclass(frozen=True)
class Notice:
    """What a gateway tells: that so much was paid for an order. Its signature was found good."""

    order: str
    trade: str
    amount: Decimal
    paid_at: datetime


class Gateway(Protocol):
    """A way to pay. `name` stands in the address its notifications come to.

    Whoever writes one: `begin` may be called again for the same order and then leads to the same
    payment; `refund` may be called again with the same key and then pays back only once.
    """

    name: str

    def begin(self, order: Order, *, back: str) -> str:
        """Where to send the payer; `back` is the page to come back to."""
        ...

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """What a notification says. Raises Forged where its signature does not hold."""
        ...

    def answer(self) -> bytes:
        """What the gateway wants to hear once a notification was taken in."""
        ...

    def refund(self, order: Order, *, amount: Decimal, key: str) -> str:
        """Pay back; the gateway's number of the refund."""
        ...


@lru_cache(maxsize=4)
def _made(path: str) -> Gateway:
    made: Gateway = import_string(path)()
    return made


def gateway() -> Gateway:
    """The gateway of the setting PAYMENT_GATEWAY."""
    named = settings.PAYMENT_GATEWAY
    return _made(SANDBOX if named == "sandbox" else named)


def gateway_named(name: str) -> Gateway:
    """The gateway whose notifications come to this address. Raises UnknownGateway."""
    found = gateway()
    if found.name != name:
        raise UnknownGateway(name)
    return found
