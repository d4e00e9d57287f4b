"""Background work: forgetting what is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.identity.sign_in import forget_what_is_over


@app.periodic(cron="27 3 * * *")
@app.task(name="identity.forget", queue="identity")
def forget(timestamp: int) -> None:
    """Once a night, remove counts of tries and sessions that are over."""
    forget_what_is_over()
