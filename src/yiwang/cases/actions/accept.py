"""Accepting an application (受理), or refusing to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.ending import end
from yiwang.cases.errors import ReasonsMissing, must_move
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Outcome, State, Verb
from yiwang.cases.tasks import due_on, finish, locked_case, staff_task
from yiwang.cases.words import tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.kernel import moment
from yiwang.ledger.actions import record


@transaction.atomic
def accept(case_id: UUID, *, staff: Staff) -> Case:
    """Accept an application; the task to decide opens, kept by whoever accepted."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.accept", Verb.ACCEPT)
    must_move(case, State.ACCEPTED)
    finish(task, by)
    case.state, case.accepted_at = State.ACCEPTED, moment.now()
    case.save(update_fields=["state", "accepted_at"])
    Task.objects.create(
        case=case, verb=Verb.DECIDE, department=case.department, due_on=due_on(case),
        round=task.round,
    )  # fmt: skip
    basis = procedure_of(case).terms(case).basis
    about = [case.applicant_id]
    record("case.accepted", by=by, about=about, case=case.id, root=case.root_id, basis=basis)
    tell_applicant(
        case,
        told("已受理：{title}", "Accepted: {title}"),
        told(
            "您申请的「{title}」已受理（{number}），正在办理。现在不需要您做什么。",
            "Your application “{title}” ({number}) has been accepted and is being decided. "
            "There is nothing you need to do now.",
        ),
    )
    return case


@transaction.atomic
def refuse_to_accept(case_id: UUID, *, reasons: str, basis: str, staff: Staff) -> Case:
    """Say that the application cannot be taken here at all, with reasons and what to do."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.accept", Verb.ACCEPT)
    must_move(case, State.NOT_ACCEPTED)
    if not reasons.strip():
        raise ReasonsMissing()
    finish(task, by, reasons)
    record(
        "case.not_accepted", by=by, about=[case.applicant_id], case=case.id, root=case.root_id,
        basis=basis, body={"reasons": reasons},
    )  # fmt: skip
    appeal = procedure_of(case).terms(case).appeal
    end(case, State.NOT_ACCEPTED, Outcome.NOT_ACCEPTED, by=by)
    tell_applicant(
        case,
        told("不予受理：{title}", "Not accepted: {title}"),
        told(
            "您申请的「{title}」（{number}）不予受理。理由：{reasons} {appeal}",
            "Your application “{title}” ({number}) could not be accepted. Reasons: {reasons} "
            "{appeal}",
        ).filled(title="{title}", number="{number}", reasons=_safe(reasons), appeal=appeal),
        urgent=True,
    )
    return case


def _safe(words: str) -> str:
    """Words of a person inside a pattern that is filled once more."""
    return words.replace("{", "{{").replace("}", "}}")
