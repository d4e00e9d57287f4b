"""Work behind the requests: reminding parties of what they are asked, and taking silence as no."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.cases.actions.confirm import lapse, remind
from yiwang.cases.consents import due_consents


@app.periodic(cron="3 1 * * *")
@app.task(name="cases.sweep_consents", queue="later", queueing_lock="cases.sweep_consents")
def sweep_consents(timestamp: int) -> None:
    """Remind those who have not answered yet; end what nobody answered by its day."""
    soon, late = due_consents()
    for consent in soon:
        remind(consent)
    for consent in late:
        lapse(consent)
