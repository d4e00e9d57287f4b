"""Withdrawing: one item, or all of a matter that is not decided yet."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.consents import drop_unneeded
from yiwang.cases.ending import end
from yiwang.cases.errors import NoSuchCase, OutOfOrder
from yiwang.cases.models import Case
from yiwang.cases.states import MOVES, Outcome, State
from yiwang.cases.tasks import locked_case
from yiwang.ledger.actions import Actor, record


@transaction.atomic
def withdraw(case_id: UUID, *, person: UUID, words: str, by: Actor) -> list[Case]:
    """The applicant takes an item back, or (given a bundle's root) every item not decided yet."""
    case = locked_case(case_id)
    if not case.is_of(person):
        raise NoSuchCase()
    several = case.is_root and case.kind != "service"
    cases = list(case.children.all()) if several else [case]
    taken = [one for one in cases if State.WITHDRAWN in MOVES[State(one.state)]]
    taken = [one for one in taken if one.state != State.DRAFT]
    if not taken:
        raise OutOfOrder(case)
    for one in taken:
        one.root = case.root if not case.is_root else case
        record(
            "case.withdrawn", by=by, about=[person], case=one.id, root=one.root_id,
            body={"words": words},
        )  # fmt: skip
        end(one, State.WITHDRAWN, Outcome.WITHDRAWN, by=by)
    drop_unneeded(case.root)
    return taken
