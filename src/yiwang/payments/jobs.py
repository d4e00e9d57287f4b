"""Background work: money that goes back."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.payments.actions import refund
from yiwang.payments.actions.notify import QUEUE, REFUND


@app.task(
    name=REFUND, queue=QUEUE, retry=RetryStrategy(max_attempts=20, wait=5, exponential_wait=3)
)
def pay_back(refund_id: str) -> None:
    """Have the gateway pay back, again and again until it says that it did."""
    refund(UUID(refund_id))
