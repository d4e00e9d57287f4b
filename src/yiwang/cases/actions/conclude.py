"""Recording what a joint review concluded (评审结论): from then on its items are decided."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import ReasonsMissing, ReviewNotHeld, ReviewOver
from yiwang.cases.models import Case, Task
from yiwang.cases.review import LIVE, open_review
from yiwang.cases.states import Progress, Reviewed, Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.cases.words import concluded_words, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import record


@transaction.atomic
def conclude(root_id: UUID, *, outcome: Reviewed, minutes: str, staff: Staff) -> Case:
    """Write down the minutes and the outcome, once the meeting was held or all have spoken.

    A department that said nothing is no longer asked. Raises ReviewOver, ReviewNotHeld,
    ReasonsMissing.
    """
    root, by = locked_case(root_id), staff_actor(staff)
    require(staff, "cases.convene", department=root.department, service=root.what)
    review = open_review(root)
    if review.concluded_at is not None:
        raise ReviewOver()
    task = staff_task(root, staff, "cases.convene", Verb.CONCLUDE)
    silent = Task.objects.filter(case__root=root, verb=Verb.OPINE, state__in=LIVE)
    if silent.exists() and (review.meets_at is None or review.meets_at > moment.now()):
        raise ReviewNotHeld()
    if not minutes.strip():
        raise ReasonsMissing()
    finish(task, by)
    silent.update(state=Progress.CANCELLED, done_at=moment.now())
    review.outcome, review.minutes = outcome, minutes.strip()
    review.concluded_at = moment.now()
    review.save(update_fields=["outcome", "minutes", "concluded_at"])
    record(
        "case.review_concluded", by=by, about=root.applies, case=root.id, root=root.id,
        basis=review.basis, body={"outcome": str(outcome), "words": minutes},
    )  # fmt: skip
    tell_applicant(
        root,
        told("联合评审有了结论：{title}", "The departments have met: {title}"),
        concluded_words(Text(**review.title), outcome, minutes),
    )
    return root
