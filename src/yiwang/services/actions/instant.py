"""Deciding in the same second what a rule may grant (秒批). A rule never refuses."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.actions import grant_by_rule
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.kernel.errors import Refusal
from yiwang.ledger.actions import Actor, record
from yiwang.services.judging import grants_at_once
from yiwang.services.matter import Matter
from yiwang.services.queries import load


@transaction.atomic
def decide_instantly(root_id: UUID) -> list[Case]:
    """Grant every submitted item whose rule is true on firm facts, and what that sets free.

    Returns the cases granted. What the rule does not grant waits for a person.
    """
    root = Case.objects.locked_root(root_id)
    granted: list[Case] = []
    tried: set[UUID] = set()
    while case := _next(root, tried):
        tried.add(case.id)
        if grants_at_once_now(root, case) and _granted(case):
            granted.append(case)
    if granted:
        record(
            "case.decided_at_once", by=Actor("job", "decide_instantly"), case=root.id,
            about=[root.applicant_id], body={"granted": [case.number for case in granted]},
        )  # fmt: skip
    return granted


def _next(root: Case, tried: set[UUID]) -> Case | None:
    cases = Case.objects.filter(root=root, kind="service", state=State.SUBMITTED)
    found = cases.exclude(id__in=tried).order_by("created_at", "number").first()
    if found is not None:
        found.root = root if found.id != root.id else found
    return found


def grants_at_once_now(root: Case, case: Case) -> bool:
    """Whether the rule of this item grants on what is known now."""
    matter: Matter = load(root)
    item = matter.plan.by_id[case.what]
    return item.instant is not None and grants_at_once(matter, matter.standing(item, case.index))


def _granted(case: Case) -> bool:
    department = case.department
    by = Actor("rule", f"{case.pack[:16]}:{case.what}"[:64], department)
    try:
        with transaction.atomic():
            grant_by_rule(case.id, by=by)
    except Refusal:
        return False
    return True
