"""Guides, for everyone: what a bundle or an item is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.kernel import moment
from yiwang.pack.queries import current
from yiwang.services.declarations import Bundle, Service
from yiwang.services.effort import took
from yiwang.services.pages.guide import bundle_guide
from yiwang.services.pages.item_guide import service_guide
from yiwang.ui.audiences import kept, public


@public
@kept
@require_safe
def bundle(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of one thing done once."""
    guide = bundle_guide(current(), current().get(Bundle, id), took("bundle", id))
    return render(request, "services/bundle.html", {"guide": guide})


@public
@kept
@require_safe
def service(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of one item."""
    pack = current()
    declared = pack.get(Service, id)
    guide = service_guide(pack, declared, on=moment.today(), took=took("service", id))
    return render(request, "services/item.html", {"guide": guide})
