"""Where the page of quality stands in the rail of the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.permissions import holds
from yiwang.ui import places


def open_doors() -> None:
    """For those who may see what the city declares."""
    places.place(
        "desk.quality", "catalogue:quality", title=_("Quality of guides"), icon="certificate",
        shown=_may, order=6,
    )  # fmt: skip


def _may(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, "packs.view")
