"""Where this room's pages stand among the others."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.permissions import holds
from yiwang.stewardship.queries import open_of, to_decide
from yiwang.ui import places


def open_doors() -> None:
    """Put the desk's pages in the rail, with how many wait; the supervisor's too."""
    places.place(
        "desk.concerns", "stewardship:concerns", title=_("Questions about data"),
        icon="help-circle", order=3, badge=_waiting,
        shown=lambda request: _may(request, "concerns.answer"),
    )  # fmt: skip
    places.place(
        "desk.access", "stewardship:access", title=_("Access to registers"), icon="database",
        order=4, badge=_undecided, shown=lambda request: _may(request, "access.request"),
    )  # fmt: skip
    places.place(
        "desk.access_all", "stewardship:supervise_access", title=_("Use of data"),
        icon="shield-check", order=6, shown=lambda request: _may(request, "supervision.view"),
    )  # fmt: skip


def _undecided(request: HttpRequest) -> int:
    staff = request.staff  # type: ignore[attr-defined]
    return to_decide(staff.department).count() if _may(request, "access.decide") else 0


def _waiting(request: HttpRequest) -> int:
    return open_of(request.staff.department).count()  # type: ignore[attr-defined]


def _may(request: HttpRequest, permission: str) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, permission)
