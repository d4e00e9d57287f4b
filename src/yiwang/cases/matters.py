"""Every read of matters for the person concerned: theirs, one item, what is asked of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, Prefetch, QuerySet, Value, When

from yiwang.cases.consents import asked_of, consents_for, tasks_of
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Consent, PartyRow, Supplied, Task
from yiwang.cases.states import ENDED, Outcome, Progress, State, Verb


def matters_of(person: UUID) -> QuerySet[Case]:
    """Root cases a person applied for: drafts, then what is under way, then the rest; the newest
    first. Discarded drafts are left out."""
    rank = Choose(
        When(state=State.DRAFT, then=Value(0)),
        When(state__in=[str(one) for one in ENDED], then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Case.objects.of_person(person).exclude(state=State.WITHDRAWN, submitted_at=None)
    return rows.select_related("organisation").annotate(rank=rank).order_by("rank", "-created_at")


def root_numbered(number: str) -> Case:
    """The root case with this number, whoever's; NoSuchCase where there is none."""
    found = Case.objects.select_related("applicant").filter(number=number, parent=None).first()
    if found is None:
        raise NoSuchCase()
    return found


def item_of(root: Case, number: str) -> Case:
    """One item's case of a matter by its number; NoSuchCase where there is none."""
    found = Case.objects.filter(root=root, kind="service", number=number).first()
    if found is None:
        raise NoSuchCase()
    found.root = root
    return found


def items_of(root: Case) -> list[Case]:
    """The cases of a matter's items with their tasks, clocks, verdict and rating, in order."""
    tasks = Prefetch("tasks", Task.objects.order_by("opened_at"))
    rows = Case.objects.filter(root=root, kind="service").prefetch_related(tasks, "clocks")
    found = list(rows.select_related("verdict", "rating").order_by("created_at", "number"))
    for case in found:
        case.root = root
    return found


def not_granted(cases: Collection[UUID]) -> list[Case]:
    """Those of these cases that are not granted, in the order of their numbers."""
    found = Case.objects.filter(id__in=cases).exclude(outcome=Outcome.GRANTED)
    return list(found.order_by("number"))


def asked_for_more(roots: Collection[UUID]) -> set[UUID]:
    """Those of these root cases in which an office waits for the applicant."""
    tasks = Task.objects.filter(
        case__root__in=roots, verb=Verb.SUPPLY, state=Progress.OPEN
    )  # fmt: skip
    return set(tasks.values_list("case__root", flat=True))


def roots_to_confirm(person: UUID) -> list[Case]:
    """Others' matters that wait for this person's consent, the newest first."""
    asked = Consent.objects.filter(asked_of(person), said=Consent.Said.ASKED)
    roots = Case.objects.filter(id__in=asked.values("root"))
    return list(roots.order_by("-submitted_at"))


def items_to_confirm(root: Case, person: UUID) -> list[Case]:
    """The items of a matter that wait for this person's consent, or their firm's."""
    tasks = [task for consent in consents_for(root, person) for task in tasks_of(consent)]
    return sorted({task.case for task in tasks}, key=lambda case: case.number)


def roles_of(root: Case, person: UUID) -> list[tuple[str, int]]:
    """Which roles a person plays in a matter, each with its place."""
    rows = PartyRow.objects.filter(root=root, person=person).order_by("role", "index")
    return [(row.role, row.index) for row in rows]


def given_since(root: Case, paper: tuple[str, str, int], since: datetime) -> bool:
    """Whether a file for (material, role, index) was given since that moment and still stands."""
    material, role, index = paper
    return Supplied.objects.filter(
        root=root, material=material, role=role, index=index, current=True, given_at__gte=since,
    ).exists()  # fmt: skip


def uses() -> dict[str, int]:
    """How many matters of each item and bundle were ever sent, by its id."""
    sent = Case.objects.exclude(submitted_at=None).values_list("what")
    return dict(sent.annotate(number=Count("id")).order_by())
