"""A source answered late and differently after the decision: a person looks at it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import ReasonsMissing
from yiwang.cases.models import Case, Task
from yiwang.cases.states import Progress, Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.ledger.actions import Actor, record


@transaction.atomic
def open_verification(case: Case, *, note: str, by: Actor) -> Task | None:
    """Open a task to look at a late answer, unless one is open. Nothing is revoked by itself."""
    if case.tasks.filter(verb=Verb.VERIFY, state__in=(Progress.OPEN, Progress.CLAIMED)).exists():
        return None
    task = Task.objects.create(case=case, verb=Verb.VERIFY, department=case.department, note=note)
    record(
        "case.verification_opened", by=by, about=case.applies, case=case.id,
        root=case.root_id, body={"note": note},
    )  # fmt: skip
    return task


@transaction.atomic
def verify(case_id: UUID, *, words: str, staff: Staff) -> Case:
    """Say what came of looking at a late answer."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.decide", Verb.VERIFY)
    if not words.strip():
        raise ReasonsMissing()
    finish(task, by, words)
    about = case.applies
    record(
        "case.verified", by=by, about=about, case=case.id, root=case.root_id, body={"words": words}
    )
    return case
