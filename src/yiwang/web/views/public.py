"""The first page of the city."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.identity.declarations import City
from yiwang.pack.queries import current
from yiwang.services.pages.lists import on_hand
from yiwang.ui.audiences import kept, public
from yiwang.web.catalogue import shelves, things


@public
@kept
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here; for whoever is signed in, first of all what they have begun."""
    pack = current()
    person = request.person  # type: ignore[attr-defined]
    context = {
        "declared": pack.only(City),
        "things": things(pack),
        "shelves": shelves(pack),
        "on_hand": on_hand(person.id) if person else [],
    }
    return render(request, "web/home.html", context)
