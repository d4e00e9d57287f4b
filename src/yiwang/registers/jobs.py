"""Work behind the requests: asking the sources that lie elsewhere."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.registers.settling import settle


@app.task(
    name="registers.ask_source",
    queue="sources",
    retry=RetryStrategy(max_attempts=3, wait=1, linear_wait=4),
)
def ask_source(reading: str) -> None:
    """Ask the source of one reading and let those who wait take up what came."""
    settle(UUID(reading))
