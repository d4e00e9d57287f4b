"""A party nobody's register ties to the matter agrees by their own sign-in, or does not."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.ending import end
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, PartyRow, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Outcome, Progress, State, Verb
from yiwang.cases.tasks import finish, locked_case
from yiwang.cases.words import tell_applicant, told
from yiwang.ledger.actions import Actor, record


@transaction.atomic
def confirm(root_id: UUID, *, person: UUID, by: Actor) -> Case:
    """`person` agrees to their part in every item that waits for them."""
    root = locked_case(root_id).root
    tasks = _tasks(root, person)
    PartyRow.objects.filter(root=root, person=person).update(tied=PartyRow.Tied.CONFIRMED)
    record("case.confirmed", by=by, about=[person, root.applicant_id], case=root.id)
    for task in tasks:
        finish(task, by)
    procedure_of(root).go_on(root, by=by)
    return root


@transaction.atomic
def decline(root_id: UUID, *, person: UUID, words: str, by: Actor) -> Case:
    """`person` does not agree: the items that needed them end, the others stand."""
    root = locked_case(root_id).root
    tasks = _tasks(root, person)
    record(
        "case.declined", by=by, about=[person, root.applicant_id], case=root.id,
        body={"words": words},
    )  # fmt: skip
    for task in tasks:
        finish(task, by, words)
        case = Case.objects.get(pk=task.case_id)
        case.root = root
        if case.state == State.WAITING:
            end(case, State.WITHDRAWN, Outcome.WITHDRAWN, by=by)
            tell_applicant(
                case,
                told("对方未确认：{title}", "Not confirmed: {title}"),
                told(
                    "「{title}」需要对方本人确认，对方没有同意，这一项已停办。其他事项不受影响。",
                    "“{title}” needed the other person's own consent, which was not given. This "
                    "item has ended; the others go on.",
                ),
                urgent=True,
            )
    return root


def _tasks(root: Case, person: UUID) -> list[Task]:
    found = list(
        Task.objects.select_related("case").filter(
            case__root=root, verb=Verb.CONFIRM, person=person, state=Progress.OPEN
        )
    )
    if not found:
        raise NoSuchCase()
    for task in found:
        task.case.root = root
    return found
