"""Giving a department's opinion in a joint review (出具评审意见)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import ReasonsMissing, ReviewOver
from yiwang.cases.models import Case, Opinion
from yiwang.cases.review import open_review
from yiwang.cases.states import Stance, Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.ledger.actions import record


@transaction.atomic
def opine(case_id: UUID, *, stance: Stance, words: str, staff: Staff) -> Case:
    """Agree, agree under conditions, or object; the last two need words.

    Raises ReviewOver once it has concluded, ReasonsMissing, TaskTaken, OutOfOrder.
    """
    case, by = locked_case(case_id), staff_actor(staff)
    require(staff, "cases.opine", department=case.department, service=case.what)
    review = open_review(case.root)
    if review.concluded_at is not None:
        raise ReviewOver()
    task = staff_task(case, staff, "cases.opine", Verb.OPINE)
    if stance != Stance.AGREE and not words.strip():
        raise ReasonsMissing()
    finish(task, by, words)
    Opinion.objects.create(
        review=review, case=case, department=case.department, stance=stance, words=words.strip()
    )
    record(
        "case.opinion_given", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=review.basis, body={"stance": str(stance), "words": words},
    )  # fmt: skip
    return case
