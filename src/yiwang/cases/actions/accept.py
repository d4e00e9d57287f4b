"""Accepting an application (受理), or refusing to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.ending import end
from yiwang.cases.errors import ReasonsMissing, must_move
from yiwang.cases.models import Case, Task
from yiwang.cases.payment import waits_for_payment
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Outcome, Progress, State, Verb
from yiwang.cases.tasks import due_on, finish, locked_case, staff_task
from yiwang.cases.words import in_chinese, not_accepted_words, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import record

ACCEPTED = told(
    "您申请的「{title}」已受理（{number}），正在办理。现在不需要您做什么。",
    "Your application “{title}” ({number}) has been accepted and is being decided. "
    "There is nothing you need to do now.",
)
ACCEPTED_TO_PAY = told(
    "您申请的「{title}」已受理（{number}）。费用缴清后接着办理；等缴费的时间不算办理时限。",
    "Your application “{title}” ({number}) has been accepted. It goes on once what is due has been "
    "paid; the time limit stands still until then.",
)


@transaction.atomic
def accept(case_id: UUID, *, staff: Staff) -> Case:
    """Accept an application; the task to decide opens, kept by whoever accepted
    if they may decide."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.accept", Verb.ACCEPT)
    must_move(case, State.ACCEPTED)
    finish(task, by)
    case.state, case.accepted_at = State.ACCEPTED, moment.now()
    case.save(update_fields=["state", "accepted_at"])
    basis = procedure_of(case).terms(case).basis
    about = case.applies
    record("case.accepted", by=by, about=about, case=case.id, root=case.root_id, basis=basis)
    paying = waits_for_payment(case, "on-acceptance", by=by)
    if not paying:
        _open_decision(case, task, staff)
    words = ACCEPTED_TO_PAY if paying else ACCEPTED
    tell_applicant(case, told("已受理：{title}", "Accepted: {title}"), words)
    return case


def _open_decision(case: Case, accepted: Task, staff: Staff) -> None:
    """The next task stays with whoever accepted, if they may decide; else it is open to all."""
    decides = holds(staff, "cases.decide", department=case.department, service=case.what)
    Task.objects.create(
        case=case, verb=Verb.DECIDE, department=case.department, due_on=due_on(case),
        round=accepted.round, assignee=staff if decides else None,
        state=Progress.CLAIMED if decides else Progress.OPEN,
    )  # fmt: skip


@transaction.atomic
def refuse_to_accept(case_id: UUID, *, reasons: str, basis: Text | str, staff: Staff) -> Case:
    """Say that the application cannot be taken here at all, with reasons and what to do."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.accept", Verb.ACCEPT)
    must_move(case, State.NOT_ACCEPTED)
    if not reasons.strip():
        raise ReasonsMissing()
    finish(task, by, reasons)
    record(
        "case.not_accepted", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=in_chinese(basis), body={"reasons": reasons},
    )  # fmt: skip
    appeal = procedure_of(case).terms(case).appeal
    end(case, State.NOT_ACCEPTED, Outcome.NOT_ACCEPTED, by=by)
    tell_applicant(
        case,
        told("不予受理：{title}", "Not accepted: {title}"),
        not_accepted_words(reasons, appeal),
        urgent=True,
    )
    return case
