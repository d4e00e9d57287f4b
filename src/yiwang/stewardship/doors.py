"""Where this room's pages stand among the others."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.permissions import holds
from yiwang.stewardship.queries import open_of
from yiwang.ui import places


def open_doors() -> None:
    """Put the desk's page of questions in the rail, with how many wait."""
    places.place(
        "desk.concerns", "stewardship:concerns", title=_("Questions about data"),
        icon="help-circle", order=3, badge=_waiting,
        shown=lambda request: _may(request, "concerns.answer"),
    )  # fmt: skip


def _waiting(request: HttpRequest) -> int:
    return open_of(request.staff.department).count()  # type: ignore[attr-defined]


def _may(request: HttpRequest, permission: str) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, permission)
