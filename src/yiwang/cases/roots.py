"""Every read of cases for the rooms that decide: roots locked, items, facts, doubts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Fact, PartyRow, Supplied, Task
from yiwang.cases.models import Verdict as Written
from yiwang.cases.states import ENDED, Outcome, Progress, State, Verb


def root(id: UUID) -> Case | None:
    """The root case with this id; None where it is no root."""
    return Case.objects.filter(pk=id, parent=None).first()


def locked_root(id: UUID) -> Case:
    """A root held until the transaction ends; NoSuchCase where there is none."""
    return Case.objects.locked_root(id)


def locked_own_root(number: str, person: UUID) -> Case:
    """A person's own root (or a firm's they act for) by its number, held until the transaction
    ends."""
    return Case.objects.locked_own_root(number, person)


def own_root(number: str, person: UUID) -> Case:
    """The root case with this number, if it is this person's or of a firm they act for today;
    NoSuchCase otherwise."""
    found = Case.objects.filter(number=number, parent=None).first()
    if found is None or not found.is_of(person):
        raise NoSuchCase()
    return found


def case_with_root(id: UUID) -> Case:
    """A case and its root; NoSuchCase where there is none."""
    found = Case.objects.select_related("root").filter(pk=id).first()
    if found is None:
        raise NoSuchCase()
    return found


def numbered(number: str) -> Case:
    """A case of any kind by its number, with its root; NoSuchCase where there is none."""
    found = Case.objects.select_related("root").filter(number=number).first()
    if found is None:
        raise NoSuchCase()
    return found


def open_draft_of(
    person: UUID, *, kind: str, what: str, role: str, organisation: UUID | None = None
) -> Case | None:
    """The draft a person (or the firm they act for) has open for a thing in a role."""
    drafts = Case.objects.of_person(person).filter(state=State.DRAFT, organisation=organisation)
    return drafts.filter(kind=kind, what=what, applicant_role=role).first()


def applied_by(cases: Collection[UUID], person: UUID) -> list[Case]:
    """Those of these cases whose matter is this person's, or of a firm they act for; with their
    roots."""
    found = Case.objects.filter(id__in=cases).select_related("root")
    return [one for one in found if one.is_of(person)]


def begun_by(people: Collection[UUID]) -> set[UUID]:
    """Those of these people who applied for anything, drafts included."""
    found = Case.objects.filter(applicant__in=people)
    return set(found.values_list("applicant", flat=True))


def items(root: Case) -> list[Case]:
    """The cases of a matter's items, first rounds first."""
    return list(Case.objects.filter(root=root, kind="service").order_by("round", "number"))


def items_of_office(root: Case, department: str) -> list[Case]:
    """The items of a matter on which a department has or had a task."""
    found = Case.objects.filter(root=root, kind="service", department=department)
    return list(found.filter(tasks__department=department).distinct())


def granted_items(root: Case) -> list[Case]:
    """The items of a matter that were granted."""
    found = Case.objects.filter(root=root, kind="service", outcome=Outcome.GRANTED)
    return list(found.order_by("number"))


def waiting_for(case: Case) -> list[Case]:
    """The items of the same matter that wait for this one."""
    found = Case.objects.filter(root=case.root_id, state=State.WAITING)
    return list(found.filter(waits_for__contains=[case.id]).order_by("number"))


def first_submitted(root: Case, tried: Collection[UUID]) -> Case | None:
    """The first item that lies with its office and is not among those `tried`."""
    cases = Case.objects.filter(root=root, kind="service", state=State.SUBMITTED)
    found = cases.exclude(id__in=tried).order_by("created_at", "number").first()
    if found is not None:
        found.root = root
    return found


def verdict_of(case: Case) -> Written | None:
    """What was written down when a case was decided; None before."""
    return Written.objects.filter(case=case).first()


def facts_now(root: UUID) -> list[Fact]:
    """The facts of a matter that stand."""
    return list(Fact.objects.filter(root=root, current=True))


def told_before(role: str, element: str, value: Any) -> UUID | None:
    """The person whom an earlier matter found in `role` by the same value from a register."""
    earlier = Fact.objects.filter(
        role=role, element=element, value=value, source=Fact.Source.REGISTER
    ).order_by("created_at")
    for fact in earlier[:20]:
        same = PartyRow.objects.filter(root=fact.root_id, role=fact.role, index=fact.index)
        if person := same.values_list("person", flat=True).first():
            return person
    return None


def doubted_since(moment: datetime) -> list[Case]:
    """Roots sent in which something known since then still stands provisionally."""
    doubtful = Fact.objects.filter(provisional=True, current=True, created_at__gte=moment)
    states = (State.UNDER_WAY, State.SUBMITTED, State.ACCEPTED, State.CLOSED)
    return list(Case.objects.filter(id__in=doubtful.values("root"), state__in=states))


def drafts_before(moment: datetime, most: int) -> list[UUID]:
    """Drafts opened before that moment, at most so many."""
    old = Case.objects.filter(state=State.DRAFT, parent=None, created_at__lt=moment)
    old = old.filter(Q(submitted_at=None) | Q(submitted_at__lt=moment))  # one sent back is young
    return list(old.order_by("created_at").values_list("pk", flat=True)[:most])


def papers_of(document: UUID) -> set[tuple[str, str]]:
    """For which (material, role) a document was given."""
    given = Supplied.objects.filter(document=document)
    return {(one.material, one.role) for one in given}


def asked_of_applicant(root: Case) -> set[str]:
    """Names of what offices wait for the applicant to give."""
    tasks = Task.objects.filter(case__root=root, verb=Verb.SUPPLY, state=Progress.OPEN)
    return {name for task in tasks for name in task.asks}


def tasks_in(root: Case, verbs: Iterable[str], *, item: str = "") -> list[Task]:
    """The live tasks of a matter with these verbs, of one item where it is named."""
    live = Task.objects.filter(
        case__root=root, verb__in=list(verbs), state__in=(Progress.OPEN, Progress.CLAIMED)
    )
    named = live.filter(case__what=item) if item else live
    return list(named.select_related("case", "assignee").order_by("opened_at", "id"))


def ended_without_grant(root: Case) -> list[Case]:
    """The latest case of each item that ended without being granted."""
    latest = {(case.what, case.index): case for case in items(root)}
    return [
        case
        for case in latest.values()
        if State(case.state) in ENDED and case.outcome != Outcome.GRANTED
    ]
