"""The inbox among the tabs of the signed-in person, with the number of unread messages."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.notices.queries import unread_count
from yiwang.ui.places import place


def open_tab() -> None:
    """Open the place `my.messages`."""
    place("my.messages", "notices:inbox", shown=_is_person, badge=_unread)


def _is_person(request: HttpRequest) -> bool:
    return getattr(request, "person", None) is not None


def _unread(request: HttpRequest) -> int:
    return unread_count(request.person.id)  # type: ignore[attr-defined]
