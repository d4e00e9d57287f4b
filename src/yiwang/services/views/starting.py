"""Beginning a matter: in one's own name, or for a firm one may act for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yiwang.pack.queries import current
from yiwang.services.actions.course import begin
from yiwang.services.declarations import Bundle, Service
from yiwang.services.pages.firms import choosing
from yiwang.services.plan import plan_of
from yiwang.services.views.whose import actor_of, person_of
from yiwang.ui.audiences import signed_in


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
    role, person = request.POST.get("role", ""), person_of(request)
    plan, firm = plan_of(current(), id, kind), _id(request.POST.get("firm", ""))
    party = plan.parties.get(role) if role in plan.applicant else None
    if party is not None and party.kind == "organisation" and firm is None:
        return render(request, "services/firms.html", {"choosing": choosing(plan, role, person)})
    root = begin(kind, id, role, person=person, firm=firm, by=actor_of(request))
    return redirect("services:draft", root.number)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
