"""Where this room's pages stand among the others."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.ui import places


def open_doors() -> None:
    """Put the wallet among the tabs of the signed-in person."""
    places.place("my.wallet", "licences:wallet", shown=_is_person)


def _is_person(request: HttpRequest) -> bool:
    return getattr(request, "person", None) is not None
