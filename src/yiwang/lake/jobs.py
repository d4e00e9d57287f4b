"""Background work: following the ledger, keeping the files few."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.lake.actions import compact, follow, sweep


@app.periodic(cron="* * * * *")
@app.task(name="lake.follow", queue="later", queueing_lock="lake.follow")
def follow_the_ledger(timestamp: int) -> None:
    """Each minute, bring what happened since."""
    follow()


@app.periodic(cron="41 2 * * *")
@app.task(name="lake.compact", queue="later", queueing_lock="lake.compact")
def keep_files_few(timestamp: int) -> None:
    """Each night, put small files together and remove what nobody lists."""
    compact()
    sweep()
