"""Guides, browsing, the lists of powers and of obstacles: for everyone."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yiwang.cases.queries import people_by_item
from yiwang.catalogue.queries import guide, guides
from yiwang.guides.pages.browse import shelf
from yiwang.guides.pages.lines import url_of
from yiwang.guides.pages.obstacles import FEW, Barrier, barriers
from yiwang.guides.pages.powers import of_office, overview
from yiwang.guides.pages.published import published_guide
from yiwang.kernel import moment
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.ui.audiences import kept, public

YEAR = timedelta(days=365)
KEPT = 600  # seconds a count of people is good for
LONGEST = 6  # digits of a page number anybody means


@public
@kept
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The catalogue, narrowed by the query, page by page."""
    asked = {name: str(value) for name, value in request.GET.items()}
    page = asked.get("page", "")
    number = int(page) if page.isdecimal() and len(page) <= LONGEST else 1
    return render(request, "guides/browse.html", {"shelf": shelf(current(), asked, number)})


@public
@kept
@require_safe
def item(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of an item that is only published; the city's own have their address."""
    pack = current()
    found = guide(pack, id)
    if found.kind == "service":
        return redirect(url_of(found))
    shown = published_guide(pack, found, on=moment.today())
    return render(request, "services/item.html", {"guide": shown})


@public
@kept
@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    """How many powers, services and duties each office has."""
    return render(request, "guides/powers.html", {"overview": overview(current())})


@public
@kept
@require_safe
def powers_of(request: HttpRequest, office: str) -> HttpResponse:
    """All one office may and must do."""
    return render(request, "guides/powers_of.html", {"list": of_office(current(), office)})


@public
@require_safe
def obstacles(request: HttpRequest) -> HttpResponse:
    """The clauses that stand in the way of doing things online."""
    return render(request, "guides/obstacles.html", {"barriers": standing(), "few": FEW})


def standing() -> tuple[Barrier, ...]:
    """Every obstacle of the live pack, with whom it concerned in the last year."""
    pack = current()
    return barriers(pack, guides(pack), _people(pack))


def _people(pack: Pack) -> dict[str, int]:
    since = moment.now() - YEAR
    return cache.get_or_set(f"people-by-item-{pack.hash}", lambda: people_by_item(since), KEPT)
