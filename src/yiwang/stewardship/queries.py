"""Every read of questions about data: for the person, for the desk, for the supervisor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yiwang.kernel import moment
from yiwang.stewardship.errors import NoSuchConcern
from yiwang.stewardship.models import Concern


def concerns_beside(acts: Collection[UUID], person: UUID) -> dict[UUID, list[Concern]]:
    """What a person asked about these acts of reading, the newest first."""
    found: dict[UUID, list[Concern]] = {}
    for one in Concern.objects.filter(person=person, act__in=acts).order_by("-asked_at"):
        found.setdefault(one.act, []).append(one)
    return found


def concern_of(id: UUID, person: UUID) -> Concern:
    """One question of a person. Raises NoSuchConcern."""
    found = Concern.objects.filter(pk=id, person=person).first()
    if found is None:
        raise NoSuchConcern()
    return found


def open_of(department: str) -> QuerySet[Concern]:
    """What a department has to answer, the most urgent first."""
    rows = Concern.objects.filter(department=department, state=Concern.State.OPEN)
    return rows.select_related("person").order_by("due_on", "asked_at", "id")


def answered_of(department: str) -> QuerySet[Concern]:
    """What a department has answered, the newest first."""
    rows = Concern.objects.filter(department=department, state=Concern.State.ANSWERED)
    return rows.select_related("person", "answered_by").order_by("-answered_at", "id")


def late(on: date) -> list[UUID]:
    """Open questions past their day that no head was told of yet."""
    rows = Concern.objects.filter(state=Concern.State.OPEN, due_on__lt=on, escalated_at=None)
    return list(rows.order_by("due_on").values_list("id", flat=True))


def counts(since: date) -> list[dict[str, object]]:
    """Per department: questions open, late, answered since a day, found improper. Nobody's data."""
    on, is_open = moment.today(), Q(state=Concern.State.OPEN)
    done = Q(state=Concern.State.ANSWERED, answered_at__date__gte=since)
    return list(
        Concern.objects.values("department")
        .annotate(
            open=Count("id", filter=is_open),
            late=Count("id", filter=is_open & Q(due_on__lt=on)),
            answered=Count("id", filter=done),
            improper=Count("id", filter=done & Q(outcome=Concern.Outcome.IMPROPER)),
        )
        .order_by("-late", "-open", "department")
    )
