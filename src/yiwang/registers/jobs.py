"""Work behind the requests: asking the sources that lie elsewhere."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.pack.queries import current
from yiwang.registers.actions import count_rows
from yiwang.registers.declarations import Register
from yiwang.registers.queries import uncounted
from yiwang.registers.settling import settle


@app.task(
    name="registers.ask_source",
    queue="sources",
    retry=RetryStrategy(max_attempts=3, wait=1, linear_wait=4),
)
def ask_source(reading: str) -> None:
    """Ask the source of one reading and let those who wait take up what came."""
    settle(UUID(reading))


@app.periodic(cron="*/5 * * * *")
@app.task(name="registers.count", queue="later", queueing_lock="registers.count")
def count(timestamp: int) -> None:
    """Twice a day, and soon after the first rows came, what each register holds."""
    for register in uncounted(current().all(Register).values()):
        count_rows(register)
