"""Where the first pages stand among the others."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.permissions import holds
from yiwang.ui.places import place

ALSO_MATTERS = ("services:projects",)  # my projects are matters too


def open_doors() -> None:
    """Open the home pages, and the list of matters."""
    place("link.home", "home")
    place("public.home", "home", title=_("Services"), icon="home")
    place("public.matters", "services:matters", title=_("My matters"), icon="list-check",
          shown=_is_person, also=ALSO_MATTERS)  # fmt: skip
    place("my.home", "my_home", shown=_is_person)
    place("my.matters", "services:matters", shown=_is_person, also=ALSO_MATTERS)
    place("operate.running", "operate", title=_("How the system runs"), icon="settings",
          shown=_may_operate)  # fmt: skip


def _is_person(request: HttpRequest) -> bool:
    return getattr(request, "person", None) is not None


def _may_operate(request: HttpRequest) -> bool:
    staff = getattr(request, "staff", None)
    return staff is not None and holds(staff, "operations.view")
