"""Where the pages of effect stand."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.evaluation.queries import took
from yiwang.identity.permissions import holds
from yiwang.services.effort import MEASURED
from yiwang.ui import places


def open_doors() -> None:
    """For the bureau in the rail of the desk; for everybody at the foot of the public pages and
    in the guides."""
    MEASURED.add("evaluation", took)
    places.place(
        "desk.effect", "evaluation:effect", title=_("Effect"), icon="chart-bar",
        shown=lambda request: _may(request, "supervision.view"), order=5,
    )  # fmt: skip


def _may(request: HttpRequest, permission: str) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, permission)
