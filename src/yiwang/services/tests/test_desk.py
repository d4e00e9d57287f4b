"""The desk: what a clerk finds, sees and does, by HTTP, on the real pack."""

from __future__ import annotations

import pytest

from yiwang.cases.models import Case, Task
from yiwang.services.tests.office import (
    HOSPITAL,
    POLICE,
    at_desk,
    page,
    staff,
    task_of,
    uncertified,
)

pytestmark = pytest.mark.django_db


def test_a_task_shows_all_that_is_needed_to_decide(city):
    root = uncertified(city)
    clerk = staff(*HOSPITAL)
    task = task_of(root, "birth-certificate")

    text = page(at_desk(clerk).get(f"/desk/tasks/{task.id}/"))

    assert "Birth certificate" in text


def test_the_worklist(city):
    uncertified(city)
    clerk = staff(*HOSPITAL)
    text = page(at_desk(clerk).get("/desk/"))
    assert "林*" in text
