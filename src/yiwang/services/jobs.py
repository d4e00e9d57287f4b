"""Work behind the requests: deciding at once what a rule may grant."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.ledger.later import later
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.recheck import discard_old_drafts, recheck, roots_with_doubts

DECIDE, QUEUE = "services.decide_instantly", "instant"


@app.task(
    name=DECIDE,
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=5, wait=1, exponential_wait=3),
)
def decide(root: str) -> None:
    """Grant every item of a root whose rule says so."""
    decide_instantly(UUID(root))


def decide_soon(root: UUID) -> None:
    """Let the worker look at a root right after the caller's transaction is committed."""
    later(DECIDE, queue=QUEUE, root=str(root))


@app.periodic(cron="*/5 * * * *")
@app.task(name="services.recheck", queue="later", queueing_lock="services.recheck")
def check_again(timestamp: int) -> None:
    """Ask again what sources failed to tell, and let go of drafts nobody came back to."""
    for root in roots_with_doubts():
        recheck(root)
    discard_old_drafts()
