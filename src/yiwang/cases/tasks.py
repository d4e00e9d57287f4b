"""Finding the task one acts on, and ending it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from yiwang.cases import clock as clocks
from yiwang.cases.calendar import work_calendar
from yiwang.cases.errors import NoSuchCase, OutOfOrder, TaskTaken
from yiwang.cases.models import Case, Clock, Task
from yiwang.cases.states import Progress, Verb
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.pack.queries import current

LIVE = (Progress.OPEN, Progress.CLAIMED)


def locked_case(case_id: UUID) -> Case:
    """A case with its root locked first, freshly read after the lock was had."""
    root = Case.objects.filter(pk=case_id).values_list("root_id", flat=True).first()
    if root is None:
        raise NoSuchCase()
    locked = Case.objects.locked_root(root)
    if locked.id == case_id:
        return locked
    case = Case.objects.get(pk=case_id)
    case.root = locked
    return case


def staff_task(case: Case, staff: Staff, permission: str, *verbs: Verb) -> Task:
    """The live task of a case this member of staff may act on.

    Raises NotAllowed, OutOfOrder where no such task is open, TaskTaken where a colleague has it.
    """
    require(staff, permission, department=case.department, service=case.what)
    task = case.tasks.filter(verb__in=verbs, state__in=LIVE, department=case.department).first()
    if task is None:
        raise OutOfOrder(case)
    if task.assignee_id not in (None, staff.id):
        raise TaskTaken()
    return task


def finish(task: Task, by: Actor, note: str = "") -> None:
    """End a task."""
    task.state, task.done_at, task.done_by = Progress.DONE, moment.now(), by.id
    task.note = note or task.note
    task.save(update_fields=["state", "done_at", "done_by", "note"])


def cancel_all(case: Case) -> None:
    """End whatever is still to do on a case that is over."""
    case.tasks.filter(state__in=LIVE).update(state=Progress.CANCELLED, done_at=moment.now())


def due_on(case: Case) -> date | None:
    """The day by which the department promised to be done."""
    clock = case.clocks.filter(kind=Clock.Kind.PROMISED).first()
    return clock.due_on if clock else None


def pause_clocks(case: Case) -> None:
    """Stand still while the person is waited for."""
    _each(case, lambda clock, on, calendar: clocks.pause(clock, on, calendar))


def resume_clocks(case: Case) -> None:
    """Go on with what remained."""
    _each(case, lambda clock, on, calendar: clocks.resume(clock, on, calendar))


def stop_clocks(case: Case) -> None:
    """The matter is over."""
    case.clocks.filter(stopped_on=None).update(stopped_on=moment.today())


def _each(case: Case, change) -> None:  # type: ignore[no-untyped-def]
    on, calendar = moment.today(), work_calendar(current())
    rows = [change(clock, on, calendar) for clock in case.clocks.all()]
    Clock.objects.bulk_update(rows, ["due_on", "paused_on", "left", "stopped_on"])
