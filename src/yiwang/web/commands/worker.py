"""`yiwang worker`: do the jobs that requests leave behind."""

from __future__ import annotations

import os
from argparse import Namespace

from procrastinate.contrib.django import app

CONCURRENCY = 4
LOOK_EVERY = 0.2  # seconds between looks for a job when there was none; jobs are not announced
YIELDS = 10  # how much a worker steps back: on a full machine, people at the pages come first
GRACE = 2.0  # seconds a job may still take once asked to stop; it is run again otherwise


def add(words) -> None:
    """`yiwang worker`."""
    parser = words.add_parser("worker", help="do the jobs that requests leave behind")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> None:
    """Until a signal comes."""
    os.nice(YIELDS)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            concurrency=CONCURRENCY,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
            listen_notify=False,
            fetch_job_polling_interval=LOOK_EVERY,
        )
