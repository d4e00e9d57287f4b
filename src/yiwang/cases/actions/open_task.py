"""Looking at what a task or a case is about: reading somebody's data is an act."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.ledger.actions import record


@transaction.atomic
def open_task(task_id: UUID, *, about: Iterable[UUID] = (), staff: Staff) -> Task:
    """Look at a task of one's own department. `about` are the people whose data is shown besides
    the applicant's. Raises NoSuchCase or NotAllowed."""
    task = Task.objects.select_related("case__root").filter(pk=task_id).first()
    if task is None or not task.department:
        raise NoSuchCase()
    require(staff, "worklist.view", department=task.department, service=task.case.what)
    _record("task.opened", task.case, staff, about, {"task": str(task.id), "verb": task.verb})
    return task


@transaction.atomic
def open_case(case_id: UUID, *, about: Iterable[UUID] = (), staff: Staff) -> Case:
    """Look at a case of one's own department without a task. Raises NoSuchCase or NotAllowed."""
    case = Case.objects.select_related("root").filter(pk=case_id).first()
    if case is None:
        raise NoSuchCase()
    require(staff, "worklist.view", department=case.department, service=case.what)
    _record("case.opened", case, staff, about, {})
    return case


def _record(
    what: str, case: Case, staff: Staff, about: Iterable[UUID], body: dict[str, str]
) -> None:
    record(
        what, by=staff_actor(staff), about={*case.applies, *about}, case=case.id,
        root=case.root_id, purpose=f"{case.kind}:{case.what}",
        basis=procedure_of(case).terms(case).basis, body=body,
    )  # fmt: skip
