"""Waiting until something is paid, and going on once it is. What is owed, and whether money came,
the rooms above know; here the case stands still and its clocks with it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from yiwang.cases.actions.decide import grant_approved
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.cases.returning import give_back
from yiwang.cases.states import State, Verb
from yiwang.cases.tasks import LIVE, finish, resume_clocks
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.ledger.actions import Actor, record


@transaction.atomic
def payments_came(case: Case, *, owing: Collection[UUID], by: Actor) -> Case:
    """Someone paid: whoever owes nothing any more has done their part; once nobody owes, the case
    goes on where it stood still, and a grant that only waited for the money is given.

    `case` was read after its root was locked. Raises OutOfOrder where it does not wait for money.
    """
    if case.state != State.PAYING:
        raise OutOfOrder(case)
    tasks = list(case.tasks.filter(verb=Verb.PAY, state__in=LIVE))
    for task in tasks:
        if task.person_id not in owing:
            finish(task, by)
    if owing:
        return case
    resume_clocks(case)
    case.state = State.ACCEPTED if case.accepted_at else State.SUBMITTED
    case.save(update_fields=["state"])
    record("case.paid", by=by, about=case.applies, case=case.id, root=case.root_id)
    if not _given(case):
        give_back(case, round=max((task.round for task in tasks), default=1) + 1)
        procedure_of(case).resumed(case, by=by)
    return case


def _given(case: Case) -> bool:
    """Whether the grant that waited for the money was given; where it can no longer be, the money
    stays known and the office looks again."""
    approval = getattr(case, "approval", None)
    if approval is None:
        return False
    approval.delete()
    try:
        with transaction.atomic():
            grant_approved(case, approval)
    except (Refusal, BadInput, BadInputs):
        case.refresh_from_db(fields=["state", "outcome"])
        return False
    return True
