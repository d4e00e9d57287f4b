"""Handing work to the worker, in the transaction of what it follows from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from yiwang.kernel.canonical import canonical
from yiwang.ledger.together import Write, written


@dataclass(frozen=True)
class Job:
    """A task of a room's `jobs.py` by its name, and what it is called with."""

    task_name: str
    queue_name: str
    args: dict[str, Any]
    priority: int = 0


def _ready(jobs: list[Job]) -> str:
    return canonical([vars(job) for job in _joined(jobs)]).decode()


def _joined(jobs: list[Job]) -> list[Job]:
    """Calls of one task with nothing but a list of ids are one call with all of them."""
    found: dict[str, Job] = {}
    for n, job in enumerate(jobs):
        of_ids = set(job.args) == {"ids"}
        first = found.setdefault(job.task_name if of_ids else f"{n}", job)
        if first is not job:
            ids = [*first.args["ids"], *job.args["ids"]]
            found[job.task_name] = replace(first, args={"ids": ids})
    return list(found.values())


# By procrastinate's own function, so that its triggers and defaults hold.
JOBS = Write(
    "jobs",
    "SELECT procrastinate_defer_jobs_v1(ARRAY(SELECT job FROM jsonb_populate_recordset("
    "NULL::procrastinate_job_to_defer_v1, %(jobs)s::jsonb) AS job))",
    _ready,
)


def later(task: str, *, queue: str, **args: Any) -> None:
    """Let the worker do this once the caller's transaction is committed.

    Written with all other rows of the step, by Django's connection: within the worker too, whose
    own connection knows nothing of the transaction. Where the queue is kept in memory (the demo's
    history works its jobs off itself) it is handed to that.
    """
    if isinstance(app.connector, InMemoryConnector):
        app.configure_task(task, queue=queue).defer(**args)
    else:
        written(JOBS, [Job(task, queue, args)])
