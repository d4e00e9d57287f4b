"""Deciding in the same second what a rule may grant (秒批). A rule never refuses."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects

from yiwang.cases.actions import grant_by_rule
from yiwang.cases.models import Case
from yiwang.cases.payment import waits_for_payment
from yiwang.cases.roots import locked_root
from yiwang.cases.states import State
from yiwang.kernel.errors import Refusal
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.together import together
from yiwang.services.at_hand import forget, hold
from yiwang.services.judging import grants_at_once


@transaction.atomic
def decide_instantly(root_id: UUID) -> list[Case]:
    """Grant every submitted item whose rule is true on firm facts, and what that sets free.

    Returns the cases granted. What the rule does not grant waits for a person.
    """
    root = locked_root(root_id)
    prefetch_related_objects([root], "children")
    granted: list[Case] = []
    tried: set[UUID] = set()
    with together():
        while case := _next(root, tried):
            tried.add(case.id)
            if _rule_grants(root, case) and _granted(root, case):
                granted.append(case)
        if granted:
            record(
                "case.decided_at_once", by=Actor("job", "decide_instantly"), case=root.id,
                about=root.applies, body={"granted": [case.number for case in granted]},
            )  # fmt: skip
    return granted


def _next(root: Case, tried: set[UUID]) -> Case | None:
    """The next item to look at: what a grant sets free is among them."""
    cases = [root] if root.kind == "service" else list(root.children.all())
    open_ = [case for case in cases if case.state == State.SUBMITTED and case.id not in tried]
    found = min(open_, key=lambda case: (case.created_at, case.number), default=None)
    if found is not None:
        found.root = root
    return found


def _rule_grants(root: Case, case: Case) -> bool:
    """Whether the rule of this item grants on what is known now."""
    matter = hold(root)
    item = matter.plan.by_id[case.what]
    return item.instant is not None and grants_at_once(matter, matter.standing(item, case.index))


def _granted(root: Case, case: Case) -> bool:
    by = Actor("rule", f"{case.pack[:16]}:{case.what}"[:64], case.department)
    try:
        with transaction.atomic(), together():
            if waits_for_payment(case, "before-issue", by=by):
                return False
            grant_by_rule(case, by=by)
    except Refusal:
        _as_it_stood(root)
        return False
    return True


def _as_it_stood(root: Case) -> None:
    """The tables were set back; so is what was read of them."""
    root.refresh_from_db()
    prefetch_related_objects([root], "children")
    forget(root)
