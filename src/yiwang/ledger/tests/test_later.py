"""Work handed to the worker is part of the step it follows from."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from yiwang.ledger.actions import Actor, record
from yiwang.ledger.later import later
from yiwang.ledger.models import Act
from yiwang.ledger.together import together

CLERK = Actor("staff", "7", "civil-affairs")


@pytest.mark.django_db
def test_a_step_and_its_jobs_are_one_statement(django_assert_num_queries):
    with transaction.atomic():
        record("step.first", by=CLERK)  # the key of its root is made once

        with django_assert_num_queries(2), together():  # the key is read, all rows are written
            record("step.done", by=CLERK)
            later("rooms.look", queue="rooms", root="7")

    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.args) == ("rooms.look", "rooms", {"root": "7"})
    assert (job.status, job.attempts, job.priority) == ("todo", 0, 0)
    assert [act.what for act in Act.objects.order_by("recorded_at")] == ["step.first", "step.done"]


@pytest.mark.django_db
def test_jobs_with_nothing_but_ids_are_one():
    with transaction.atomic(), together():
        later("rooms.carry", queue="rooms", ids=["1"])
        later("rooms.look", queue="rooms", root="7")
        later("rooms.carry", queue="rooms", ids=["2", "3"])

    jobs = ProcrastinateJob.objects.order_by("id").values_list("task_name", "args")
    assert list(jobs) == [("rooms.carry", {"ids": ["1", "2", "3"]}), ("rooms.look", {"root": "7"})]


@pytest.mark.django_db
def test_within_the_worker_an_undone_step_leaves_no_job():
    with app.replace_connector(app.connector.get_worker_connector()):
        with pytest.raises(ValueError), transaction.atomic():
            later("rooms.look", queue="rooms", root="7")
            raise ValueError

        assert not ProcrastinateJob.objects.exists()


def test_a_queue_in_memory_gets_the_job():
    with app.replace_connector(InMemoryConnector()) as here:
        later("rooms.look", queue="rooms", root="7")

        (job,) = here.connector.jobs.values()
        assert (job["task_name"], job["args"]) == ("rooms.look", {"root": "7"})
