"""Where the desk's pages stand in the rail."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.permissions import holds
from yiwang.ui import places


def open_doors() -> None:
    """Put the desk's pages in the rail, each for those who may open it."""
    places.place(
        "desk.worklist", "cases:desk", title=_("Worklist"), icon="list-check",
        shown=lambda request: _may(request, "worklist.view"), order=1,
    )  # fmt: skip
    places.place(
        "desk.departments", "cases:departments", title=_("Departments"), icon="chart-bar",
        shown=lambda request: _may(request, "supervision.view"), order=2,
    )  # fmt: skip
    places.place(
        "desk.erasures", "cases:erasures", title=_("Erasures"), icon="eraser",
        shown=lambda request: _may(request, "cases.confirm_erasure"), order=20,
    )  # fmt: skip
    places.place(
        "desk.me", "cases:desk_me", title=_("My account"), icon="user",
        shown=lambda request: _may(request, "desk.enter"), order=90,
    )  # fmt: skip


def _may(request: HttpRequest, permission: str) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, permission)
