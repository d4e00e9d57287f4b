"""Giving a case back to its office once the person has done their part."""

from __future__ import annotations

from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Progress, State, Verb
from yiwang.cases.tasks import due_on
from yiwang.identity.models import Staff
from yiwang.identity.queries import colleague


def give_back(case: Case, *, round: int, note: str = "") -> Task:
    """Open the task of the state the case is in again, for whoever had it last."""
    clerk = _who_had_it(case)
    steps = procedure_of(case).terms(case).steps
    return Task.objects.create(
        case=case,
        verb=Verb.DECIDE if case.state == State.ACCEPTED else Verb(steps[0]),
        department=case.department,
        assignee=clerk,
        state=Progress.CLAIMED if clerk else Progress.OPEN,
        round=round,
        due_on=due_on(case),
        note=note,
    )


def _who_had_it(case: Case) -> Staff | None:
    """The clerk who had the case gets it back, if still in the same office."""
    last = case.tasks.filter(verb__in=(Verb.ACCEPT, Verb.DECIDE), state=Progress.DONE)
    done_by = last.order_by("-done_at").values_list("done_by", flat=True).first()
    return colleague(done_by, case.department) if done_by else None
