"""Background work: carrying messages out."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.kernel import moment
from yiwang.notices.actions import DELIVER, QUEUE
from yiwang.notices.channels import NotSent
from yiwang.notices.deliver import GIVE_UP_AFTER, deliver, morning_after

AGAIN = RetryStrategy(
    max_attempts=GIVE_UP_AFTER, exponential_wait=3, retry_exceptions=(NotSent, OSError)
)


@app.task(name=DELIVER, queue=QUEUE, retry=AGAIN)
def deliver_messages(ids: list[str]) -> None:
    """Send messages by e-mail and SMS; what was not taken is tried again later."""
    again, morning = deliver(UUID(one) for one in ids)
    if morning:
        at = morning_after(moment.now())
        later = app.configure_task(DELIVER, queue=QUEUE, schedule_at=at)
        later.defer(ids=[str(one) for one in morning])
    if again:
        raise NotSent(f"{len(again)} of {len(ids)} messages")
