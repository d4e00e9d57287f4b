"""Background work: measuring anew."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from yiwang.evaluation.actions import measure
from yiwang.evaluation.queries import latest
from yiwang.kernel import moment
from yiwang.lake.queries import as_far_as

HOUR = timedelta(minutes=55)


@app.periodic(cron="*/5 * * * *")
@app.task(name="evaluation.measure", queue="later", queueing_lock="evaluation.measure")
def measure_again(timestamp: int) -> None:
    """Each hour, what matters took; the first time as soon as the lake holds anything."""
    at = latest().at
    if as_far_as() >= 0 and (at is None or moment.now() - at > HOUR):
        measure()
