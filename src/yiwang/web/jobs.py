"""Background work of no room in particular."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="web.take_up_jobs_of_dead_workers", queueing_lock="web.take_up_jobs_of_dead_workers")
async def take_up_jobs_of_dead_workers(timestamp: int) -> None:
    """Jobs whose worker was killed in the middle of them are done again by another.

    Hence every job must bear being done twice. `timestamp` (seconds) is when this was due.
    """
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
