"""Guides, for everyone: what a bundle or an item is, and the button that begins it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.pack.queries import current
from yiwang.services.actions.draft import start
from yiwang.services.declarations import Bundle, Service
from yiwang.services.pages.guide import bundle_guide, service_guide
from yiwang.services.views.whose import actor_of, person_of
from yiwang.ui.audiences import public, signed_in


@public
@require_safe
def bundle(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of one thing done once."""
    guide = bundle_guide(current(), current().get(Bundle, id))
    return render(request, "services/bundle.html", {"guide": guide})


@public
@require_safe
def service(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of one item."""
    guide = service_guide(current(), current().get(Service, id))
    return render(request, "services/service.html", {"guide": guide})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start_bundle(request: HttpRequest, id: str) -> HttpResponse:
    """Begin a bundle, or go on with the draft that is open."""
    return _start(request, "bundle", current().get(Bundle, id).id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start_service(request: HttpRequest, id: str) -> HttpResponse:
    """Begin one item, or go on with the draft that is open."""
    return _start(request, "service", current().get(Service, id).id)


def _start(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    if request.method != "POST":  # come back from signing in without a form: choose again
        return redirect(f"services:{kind}", id)
    role = request.POST.get("role", "")
    root = start(kind, id, role, person=person_of(request), by=actor_of(request))
    return redirect("services:draft", root.number)
