"""Taking a task in hand, handing it over, putting it back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import NoSuchCase, TaskTaken
from yiwang.cases.models import Task
from yiwang.cases.states import Progress
from yiwang.cases.tasks import LIVE, locked_case
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds, require
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import record

NOT_COLLEAGUE = Text(
    zh="只能转交给本部门在岗、有办理权限的同事。请另选一位。",
    en="A task can only go to an active colleague of the same department who may handle it.",
)


@transaction.atomic
def claim(task_id: UUID, *, staff: Staff) -> Task:
    """Take a task in hand. Of two who press at once, the second is told."""
    task = _locked(task_id)
    require(staff, "cases.claim", department=task.department, service=task.case.what)
    if task.state == Progress.CLAIMED and task.assignee_id == staff.id:
        return task
    if task.state != Progress.OPEN:
        raise TaskTaken()
    task.state, task.assignee = Progress.CLAIMED, staff
    task.save(update_fields=["state", "assignee"])
    _record("task.claimed", task, staff)
    return task


@transaction.atomic
def hand_over(task_id: UUID, *, to: Staff, staff: Staff, words: str = "") -> Task:
    """Give a task to a colleague of the same department."""
    task = _locked(task_id)
    require(staff, "cases.hand_over", department=task.department, service=task.case.what)
    if task.state not in LIVE:
        raise TaskTaken()
    if to.department != task.department or not holds(
        to, "cases.claim", department=task.department, service=task.case.what
    ):
        raise Refusal(NOT_COLLEAGUE)
    task.state, task.assignee, task.note = Progress.CLAIMED, to, words
    task.save(update_fields=["state", "assignee", "note"])
    _record("task.handed_over", task, staff, to=str(to.id), words=words)
    return task


@transaction.atomic
def put_back(task_id: UUID, *, staff: Staff) -> Task:
    """Put a task one has in hand back on the department's list."""
    task = _locked(task_id)
    if task.state != Progress.CLAIMED or task.assignee_id != staff.id:
        raise TaskTaken()
    task.state, task.assignee = Progress.OPEN, None
    task.save(update_fields=["state", "assignee"])
    _record("task.put_back", task, staff)
    return task


def _locked(task_id: UUID) -> Task:
    case_id = Task.objects.filter(pk=task_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NoSuchCase()
    case = locked_case(case_id)
    task = Task.objects.select_related("assignee").get(pk=task_id)
    task.case = case
    return task


def _record(what: str, task: Task, staff: Staff, **body: str) -> None:
    case = task.case
    record(
        what, by=staff_actor(staff), about=case.applies, case=case.id, root=case.root_id,
        body={"task": str(task.id), "verb": task.verb, **body},
    )  # fmt: skip
