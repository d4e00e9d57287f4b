"""Extending a limit (延长办理时限): once, with reasons the applicant is told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yiwang.cases import clock as clocks
from yiwang.cases.calendar import work_calendar
from yiwang.cases.errors import CannotExtend, ReasonsMissing
from yiwang.cases.extension import extendable, refusal, running
from yiwang.cases.models import Case, Clock
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Verb
from yiwang.cases.tasks import LIVE, due_on, locked_case
from yiwang.cases.words import extended_words, in_chinese, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.ledger.actions import Change, record
from yiwang.pack.declaration import Extension
from yiwang.pack.queries import current
from yiwang.registers.grants import basis_text

NAME_IT = told(
    "请写明批准人和批准文号，例如“市政府 张三 江政办〔2026〕12 号”。",
    "Say who approved it and under which number.",
)


@transaction.atomic
def extend(case_id: UUID, *, reasons: str, approval: str = "", staff: Staff) -> Case:
    """Make the limits of an item longer, or (given a bundle's root) the joint one.

    By the head of the deciding or leading department, while the limits run and none is over.
    `approval` says who above approved it, where the law wants that. Raises NotAllowed,
    CannotExtend, ReasonsMissing, BadInput("approval").
    """
    case, by = locked_case(case_id), staff_actor(staff)
    require(staff, "cases.extend", department=case.department, service=case.what)
    extension = procedure_of(case).terms(case).extension
    if extension is None or (why := refusal(case)) is not None:
        raise CannotExtend(case, "not-declared" if extension is None else why)
    if not reasons.strip():
        raise ReasonsMissing()
    if extension.approved_by and not approval.strip():
        raise BadInput("approval", NAME_IT)
    changes = _longer(case, extension)
    new = max(clock.due_on for clock in extendable(case))
    basis = in_chinese(basis_text(extension.basis))
    record(
        "case.extended", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=basis, changes=changes,
        body={"reasons": reasons, "approval": approval, "days": extension.days,
              "until": new.isoformat()},
    )  # fmt: skip
    tell_applicant(
        case,
        told("办理时限延长：{title}", "More time is needed: {title}"),
        extended_words(reasons, _promised(case) or new, basis_text(extension.basis)),
        urgent=True,
    )
    return case


def _longer(case: Case, extension: Extension) -> list[Change]:
    """Every limit that may grow does, and what is to be done by then follows."""
    on, calendar = moment.today(), work_calendar(current())
    changes = []
    rows = running(extendable(case))
    for clock in rows:
        before = {"due_on": clock.due_on.isoformat()}
        clocks.extend(clock, extension.days, extension.count, on, calendar)
        after = {"due_on": clock.due_on.isoformat()}
        changes.append(Change.of("clock", clock.id, before=before, after=after))
    Clock.objects.bulk_update(rows, ["due_on", "extended", "extended_on"])
    tasks = case.tasks.filter(verb__in=(Verb.ACCEPT, Verb.DECIDE), state__in=LIVE)
    tasks.exclude(department="").update(due_on=due_on(case))
    return changes


def _promised(case: Case) -> date | None:
    """The day the applicant was told of before."""
    return due_on(case)
