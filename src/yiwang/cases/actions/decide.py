"""Deciding: by a member of staff with reasons, or at once by rule where the rule grants."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from yiwang.cases.calendar import calendar_hash
from yiwang.cases.ending import end
from yiwang.cases.errors import AwaitsReview, ReasonsMissing, must_move
from yiwang.cases.models import Approval, Case, Verdict
from yiwang.cases.payment import waits_for_payment
from yiwang.cases.procedures import Granted, procedure_of
from yiwang.cases.review import awaits_review
from yiwang.cases.states import Outcome, State, Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.cases.words import in_chinese, refused_words, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.ledger.together import together, written
from yiwang.pack.queries import current


@transaction.atomic
def decide(
    case_id: UUID,
    *,
    granted: bool,
    reasons: str,
    basis: Text | str,
    fills: Mapping[str, str],
    staff: Staff,
) -> Case:
    """Grant or refuse. A refusal needs reasons and names the rule (`basis`); `fills` are the
    values stated with a grant, as typed."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.decide", Verb.DECIDE)
    must_move(case, State.DECIDED)
    if awaits_review(case):
        raise AwaitsReview()
    if not granted and not (reasons.strip() and in_chinese(basis).strip()):
        raise ReasonsMissing()
    finish(task, by, reasons)
    if granted and waits_for_payment(case, "before-issue", fills=fills, by=by):
        return _approve(case, fills=fills, reasons=reasons, staff=staff)
    if granted:
        with together():
            return _grant(case, fills=fills, by=by, reasons=reasons)
    return _refuse(case, reasons=reasons, basis=basis, by=by)


def _approve(case: Case, *, fills: Mapping[str, str], reasons: str, staff: Staff) -> Case:
    """The decision stands; what it gives is given once the money is there."""
    if not reasons.strip() and _unmet(procedure_of(case).judged(case)):
        raise ReasonsMissing()
    Approval.objects.create(case=case, staff=staff, fills=dict(fills), reasons=reasons)
    record(
        "case.approved", by=staff_actor(staff), about=case.applies, case=case.id,
        root=case.root_id, basis=procedure_of(case).terms(case).basis, body={"reasons": reasons},
    )  # fmt: skip
    tell_applicant(
        case,
        told("审核通过，等缴费：{title}", "Approved, to be paid for: {title}"),
        told(
            "「{title}」（{number}）审核通过。费用缴清后，结果马上发出；等缴费的时间不算办理时限。",
            "“{title}” ({number}) is approved. The result is given the moment everything is paid; "
            "the time limit stands still until then.",
        ),
    )
    return case


def grant_approved(case: Case, approval: Approval) -> Case:
    """Give what a member of staff decided to give, now that it is paid for."""
    must_move(case, State.DECIDED)
    by = staff_actor(approval.staff)
    with together():
        return _grant(case, fills=approval.fills, by=by, reasons=approval.reasons)


def grant_by_rule(case: Case, *, by: Actor) -> Case:
    """Grant at once because the item's rule says so (秒批). A rule never refuses.

    `case` was read after its root was locked, and knows that root.
    """
    must_move(case, State.DECIDED)
    case.by_rule = True
    return _grant(case, fills={}, by=by, reasons="")


def _grant(case: Case, *, fills: Mapping[str, str], by: Actor, reasons: str) -> Case:
    procedure = procedure_of(case)
    terms = procedure.terms(case)
    given = procedure.granted(case, fills=fills, by=by)
    if by.kind == "staff" and not reasons.strip() and _unmet(given):
        raise ReasonsMissing()
    _write_verdict(case, given, granted=True, reasons=reasons, basis=terms.basis)
    before = {"state": case.state}
    record(
        "case.granted", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=terms.basis, changes=[_change(case, before)],
        body={"conditions": given.conditions, "reasons": reasons},
    )  # fmt: skip
    end(case, State.DECIDED, Outcome.GRANTED, by=by)
    tell_applicant(
        case,
        told("办好了：{title}", "Done: {title}"),
        told(
            "「{title}」（{number}）已办好。{gives}", "“{title}” ({number}) is done. {gives}"
        ).filled(title="{title}", number="{number}", gives=given.gives),
    )
    return case


def _unmet(given: Granted) -> bool:
    """Whether a condition is not known to be met: who grants all the same says why."""
    return any(one["value"] is not True for one in given.conditions)


def _refuse(case: Case, *, reasons: str, basis: Text | str, by: Actor) -> Case:
    procedure = procedure_of(case)
    judged, terms = procedure.judged(case), procedure.terms(case)
    written = in_chinese(basis)
    _write_verdict(case, judged, granted=False, reasons=reasons, basis=written)
    before = {"state": case.state}
    record(
        "case.refused", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=written, changes=[_change(case, before, Outcome.REFUSED)],
        body={"conditions": judged.conditions, "reasons": reasons},
    )  # fmt: skip
    end(case, State.DECIDED, Outcome.REFUSED, by=by)
    tell_applicant(
        case,
        told("没有通过：{title}", "Refused: {title}"),
        refused_words(basis, reasons, terms.appeal),
        urgent=True,
    )
    return case


def _write_verdict(case: Case, given: Granted, *, granted: bool, reasons: str, basis: str) -> None:
    verdict = Verdict(
        case=case, granted=granted, pack=case.pack, on=moment.today(),
        calendar=calendar_hash(current()), facts=dict(given.facts), conditions=given.conditions,
        fills=dict(given.fills), reasons=reasons, basis=basis,
    )  # fmt: skip
    written(Verdict.objects.bulk_create, [verdict])


def _change(case: Case, before: dict[str, str], outcome: Outcome = Outcome.GRANTED) -> Change:
    after = {"state": str(State.DECIDED), "outcome": str(outcome)}
    return Change.of("case", case.id, before=before, after=after)
