"""Work behind the requests: what nobody answered in time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.kernel import moment
from yiwang.stewardship.actions import escalate
from yiwang.stewardship.queries import late


@app.periodic(cron="11 * * * *")
@app.task(name="stewardship.escalate_late", queue="later", queueing_lock="stewardship.late")
def escalate_late(timestamp: int) -> None:
    """Bring each question past its day before the head of its office."""
    for concern in late(moment.today()):
        escalate(concern)
