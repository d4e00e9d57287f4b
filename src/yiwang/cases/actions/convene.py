"""Convening a joint review (召集联合评审): when, where, what to read; every department is asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import ReviewOver
from yiwang.cases.models import Case, Task
from yiwang.cases.review import open_review, reviewed_items
from yiwang.cases.states import Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.cases.words import convened_words, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.ledger.actions import record

LATER = told("评审会的时间要在现在之后。", "The meeting has to be later than now.")
WHERE = told("请写明地点，线上开会就写会议号。", "Say where it is, or the number to join online.")


@transaction.atomic
def convene(
    root_id: UUID, *, meets_at: datetime, place: str, materials: str = "", staff: Staff
) -> Case:
    """Call the departments together; each has the task to give its opinion, the leading one to
    record the conclusion. Raises BadInput("day" or "place")."""
    root, by = locked_case(root_id), staff_actor(staff)
    task = staff_task(root, staff, "cases.convene", Verb.CONVENE)
    review = open_review(root)
    if review.concluded_at is not None:
        raise ReviewOver()
    if meets_at <= moment.now():
        raise BadInput("day", LATER)
    if not place.strip():
        raise BadInput("place", WHERE)
    finish(task, by)
    review.meets_at, review.place, review.materials = meets_at, place.strip(), materials.strip()
    review.save(update_fields=["meets_at", "place", "materials"])
    _ask_all(root, reviewed_items(review), moment.local(meets_at).date())
    title = Text(**review.title)
    record(
        "case.review_convened", by=by, about=root.applies, case=root.id, root=root.id,
        basis=review.basis,
        body={"meets_at": meets_at.isoformat(), "place": review.place,
              "words": review.materials},
    )  # fmt: skip
    tell_applicant(
        root,
        told("部门联合评审：{title}", "Departments meet on: {title}"),
        convened_words(title, moment.local(meets_at), review.place),
    )
    return root


def _ask_all(root: Case, items: list[Case], on: object) -> None:
    tasks = [Task(case=one, verb=Verb.OPINE, department=one.department, due_on=on) for one in items]
    tasks.append(Task(case=root, verb=Verb.CONCLUDE, department=root.department, due_on=on))
    Task.objects.bulk_create(tasks)
