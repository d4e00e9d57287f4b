"""Every write of questions about data: asked, opened at the desk, answered, late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from yiwang.cases.calendar import work_calendar
from yiwang.identity.actors import person_actor, staff_actor
from yiwang.identity.declarations import Department
from yiwang.identity.models import Person, Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.notices.actions import tell
from yiwang.pack.declaration import Limit
from yiwang.pack.queries import current
from yiwang.registers.grants import basis_text
from yiwang.stewardship.declarations import terms_of
from yiwang.stewardship.errors import AnsweredAlready, AskedAlready, NoSuchConcern
from yiwang.stewardship.models import Concern

PURPOSE = "stewardship:concern"
CHOOSE_REASON = Text(zh="请选择一个原因。", en="Choose a reason.")
SAY_WHY = Text(
    zh="请写一句您想问什么，部门才好答复。",
    en="Write in a sentence what you want to know, so that the office can answer.",
)
CHOOSE_OUTCOME = Text(zh="请选择核查的结论。", en="Choose what came of looking into it.")
SAY_ANSWER = Text(
    zh="请写明为什么查、依据什么、用在哪里；查错了的，写明怎么纠正。",
    en="Say why it was read, on which law and for what; if it should not have been, what is done.",
)
ANSWER_SUBJECT = Text(
    zh="您对数据查询的疑问有答复了", en="Your question about your data is answered"
)
ANSWER_TEXT = Text(
    zh="{department}答复了您对数据查询的疑问：{answer}",
    en="{department} has answered your question about a reading of your data: {answer}",
)
LATE_SUBJECT = Text(zh="您的疑问还没有答复", en="Your question has not been answered in time")
LATE_TEXT = Text(
    zh="{department}没有在 {due} 前答复您的疑问，已转给该部门负责人督办。您不用再做什么；"
    "急的话可以拨打 {phone} 投诉。",
    en="{department} did not answer your question by {due}. It has gone to the head of the office. "
    "You need not do anything; to complain, call {phone}.",
)


@transaction.atomic
def ask(
    *,
    person: Person,
    subject: UUID,
    act: UUID,
    department: str,
    register: str,
    columns: Sequence[str],
    reason: str,
    words: str,
) -> Concern:
    """Ask a department why it read somebody's data. The caller has made sure that the reading is
    about `subject`, and that `person` may ask for them.

    Raises BadInput("reason" or "words"), AskedAlready.
    """
    terms = terms_of(current())
    if reason not in {one.id for one in terms.reasons}:
        raise BadInput("reason", CHOOSE_REASON)
    if reason == "other" and not words.strip():
        raise BadInput("words", SAY_WHY)
    concern = Concern(
        person=person, subject=subject, act=act, department=department, register=register,
        columns=list(columns), reason=reason, words=words.strip(), due_on=_due(terms.question),
    )  # fmt: skip
    try:
        with transaction.atomic():
            concern.save(force_insert=True)
    except IntegrityError:
        raise AskedAlready() from None
    _record(concern, "concern.asked", person_actor(person), None,
            {"reason": reason, "words": concern.words, "reading": str(act)},
            basis=_basis(terms.question))  # fmt: skip
    return concern


@transaction.atomic
def open_concern(concern_id: UUID, *, staff: Staff) -> Concern:
    """Look at a question of one's department: a read of the person's data, so it is recorded.

    Raises NoSuchConcern, NotAllowed.
    """
    concern = Concern.objects.select_related("person").filter(pk=concern_id).first()
    if concern is None:
        raise NoSuchConcern()
    require(staff, "concerns.answer", department=concern.department)
    record(
        "concern.opened", by=staff_actor(staff), about=_about(concern), case=concern.id,
        purpose=PURPOSE, basis=_basis(terms_of(current()).question), body={},
    )  # fmt: skip
    return concern


@transaction.atomic
def answer(concern_id: UUID, *, outcome: str, words: str, staff: Staff) -> Concern:
    """Answer a person's question in words; they are told at once.

    Raises NoSuchConcern, NotAllowed, AnsweredAlready, BadInput("outcome" or "words").
    """
    concern = _locked(concern_id)
    require(staff, "concerns.answer", department=concern.department)
    if not concern.is_open:
        raise AnsweredAlready()
    if outcome not in Concern.Outcome.values:
        raise BadInput("outcome", CHOOSE_OUTCOME)
    if not words.strip():
        raise BadInput("words", SAY_ANSWER)
    before = _told(concern)
    concern.state, concern.outcome, concern.answer = Concern.State.ANSWERED, outcome, words.strip()
    concern.answered_at, concern.answered_by = moment.now(), staff
    concern.save(update_fields=["state", "outcome", "answer", "answered_at", "answered_by"])
    _record(concern, "concern.answered", staff_actor(staff), before,
            {"outcome": outcome, "words": concern.answer})  # fmt: skip
    _tell(concern, ANSWER_SUBJECT, ANSWER_TEXT, answer=concern.answer)
    return concern


@transaction.atomic
def escalate(concern_id: UUID) -> bool:
    """Bring a question that is late before the head of the office, once; whether it was done."""
    concern = _locked(concern_id)
    if not concern.is_late or concern.escalated_at is not None:
        return False
    before = _told(concern)
    concern.escalated_at = moment.now()
    concern.save(update_fields=["escalated_at"])
    _record(concern, "concern.escalated", Actor("job", "stewardship.escalate_late"), before,
            {"due_on": concern.due_on.isoformat()})  # fmt: skip
    declared = current().all(Department).get(concern.department)
    phone = declared.complaint_phone if declared else ""
    _tell(concern, LATE_SUBJECT, LATE_TEXT, due=concern.due_on.isoformat(), phone=phone)
    return True


# ---- what they share ---------------------------------------------------------------------------


def _locked(concern_id: UUID) -> Concern:
    found = Concern.objects.select_for_update().filter(pk=concern_id).first()
    if found is None:
        raise NoSuchConcern()
    return found


def _due(limit: Limit) -> date:
    return work_calendar(current()).after(moment.today(), limit.days, limit.count)


def _about(concern: Concern) -> set[UUID]:
    return {concern.subject, concern.person_id}


def _told(concern: Concern) -> dict[str, str]:
    late = concern.escalated_at
    return {"state": concern.state, "escalated": late.isoformat() if late else ""}


def _basis(limit: Limit) -> str:
    return basis_text(limit.basis).zh if limit.basis else ""


def _record(
    concern: Concern, what: str, by: Actor, before: dict[str, str] | None, body: dict[str, str],
    *, basis: str = "",
) -> None:  # fmt: skip
    change = Change.of("concern", concern.id, before=before, after=_told(concern))
    record(what, by=by, about=_about(concern), case=concern.id, purpose=PURPOSE, basis=basis,
           changes=[change], body={**body, "department": concern.department})  # fmt: skip


def _tell(concern: Concern, subject: Text, text: Text, **values: object) -> None:
    declared = current().all(Department).get(concern.department)
    office = declared.title if declared else Text(zh=concern.department, en=concern.department)
    tell(
        concern.person_id, text.filled(department=office, **values), subject=subject,
        link=f"/my/questions/{concern.id}/",
    )  # fmt: skip
