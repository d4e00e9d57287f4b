from __future__ import annotations

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from yiwang.web.jobs import take_up_jobs_of_dead_workers


def _job(worker):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " VALUES ('default', 'a.task', 'doing', %s) RETURNING id",
            [worker],
        )
        return cursor.fetchone()[0]


def _worker(seconds_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return cursor.fetchone()[0]


def _statuses():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs")
        return dict(cursor.fetchall())


async def _run():
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            await take_up_jobs_of_dead_workers(timestamp=0)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_waits_for_another():
    abandoned, tended = _job(_worker(120)), _job(_worker(2))

    asyncio.run(_run())

    assert _statuses() == {abandoned: "todo", tended: "doing"}


def test_it_is_looked_after_every_minute():
    found = app.periodic_registry.periodic_tasks
    (periodic,) = [
        one for one in found.values() if one.task.name == take_up_jobs_of_dead_workers.name
    ]

    assert periodic.cron == "* * * * *"
