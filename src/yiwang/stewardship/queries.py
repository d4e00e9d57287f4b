"""Every read of questions about data: for the person, for the desk, for the supervisor; and of
requests for access."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yiwang.kernel import moment
from yiwang.stewardship.errors import NoSuchConcern, NoSuchRequest
from yiwang.stewardship.models import AccessRequest, Concern


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


def to_decide(steward: str) -> QuerySet[AccessRequest]:
    """Requests a steward has to decide, the most urgent first."""
    rows = AccessRequest.objects.filter(steward=steward, state=AccessRequest.State.OPEN)
    return rows.select_related("asked_by").order_by("due_on", "asked_at", "id")


def decided_by(steward: str) -> QuerySet[AccessRequest]:
    """Requests a steward decided, the newest first."""
    rows = AccessRequest.objects.filter(steward=steward).exclude(state=AccessRequest.State.OPEN)
    return rows.order_by("-decided_at", "id")


def asked_by(department: str) -> QuerySet[AccessRequest]:
    """What a department asked for, the newest first."""
    return AccessRequest.objects.filter(department=department).order_by("-asked_at", "id")


def request_for(id: UUID, department: str) -> AccessRequest:
    """A request a department made or has to decide. Raises NoSuchRequest."""
    rows = AccessRequest.objects.select_related("asked_by", "decided_by").filter(pk=id)
    found = rows.filter(Q(steward=department) | Q(department=department)).first()
    if found is None:
        raise NoSuchRequest()
    return found
