"""Work behind the requests: deciding at once what a rule may grant."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.services.actions.instant import decide_instantly


@app.task(
    name="services.decide_instantly",
    queue="instant",
    retry=RetryStrategy(max_attempts=5, wait=1, exponential_wait=3),
)
def decide(root: str) -> None:
    """Grant every item of a root whose rule says so."""
    decide_instantly(UUID(root))


def decide_soon(root: UUID) -> None:
    """Let the worker look at a root right after the caller's transaction is committed."""
    decide.defer(root=str(root))
