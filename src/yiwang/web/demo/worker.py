"""The jobs the history puts off, done at once and under the shifted clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

OUT_OF_THE_HOUSE = "notices."  # messages of the past lie in the inbox; nothing is sent out


class OwnWorker:
    """Takes the place of the queue: a job deferred here is done by `work_off`, in this process."""

    def __init__(self, queue: InMemoryConnector) -> None:
        self.queue = queue

    def work_off(self) -> None:
        """Do what was put off, and what that puts off, as the worker would have done."""
        while jobs := list(self.queue.jobs.values()):
            self.queue.jobs.clear()
            for job in jobs:
                if not job["task_name"].startswith(OUT_OF_THE_HOUSE):
                    app.tasks[job["task_name"]](**job["args"])


@contextmanager
def own_worker() -> Iterator[OwnWorker]:
    """No job of the block reaches the real queue: its worker lives by the real clock."""
    queue = InMemoryConnector()
    with app.replace_connector(queue):
        yield OwnWorker(queue)
