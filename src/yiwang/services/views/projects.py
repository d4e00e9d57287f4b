"""Projects that pass stages: the guide, one's own project, and the departments' view of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.matters import matters_of
from yiwang.identity.models import Staff
from yiwang.pack.queries import current
from yiwang.services.actions import course as actions
from yiwang.services.declarations import Bundle, Course
from yiwang.services.models import Project
from yiwang.services.pages.guide import bundle_guide
from yiwang.services.pages.project import course_guide, project_page
from yiwang.services.projects import (
    concerns,
    own_project,
    project_called,
    projects_among,
    standing,
)
from yiwang.services.views.whose import actor_of, person_of
from yiwang.ui.audiences import desk, public, signed_in

MOST = 50


@public
@require_safe
def course(request: HttpRequest, id: str) -> HttpResponse:
    """The guide of a course: its stages, what waits for what, the button that begins."""
    declared = current().get(Course, id)
    guide = course_guide(current(), declared)
    first = bundle_guide(current(), current().get(Bundle, declared.stages[0].bundle))
    return render(request, "services/course.html", {"guide": guide, "first": first})


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My projects, the newest first."""
    roots = matters_of(person_of(request).id).order_by("-created_at").values_list("id", flat=True)
    pages = [project_page(one) for one in projects_among(list(roots))[:MOST]]
    context = {"projects": pages, "courses": current().all(Course).values()}
    return render(request, "services/projects.html", context)


@signed_in
@require_safe
def project(request: HttpRequest, reference: str) -> HttpResponse:
    """One project: its stages, its map, what can be done."""
    page = project_page(_mine(request, reference))
    return render(request, "services/project.html", {"page": page})


@signed_in
@require_POST
def stage(request: HttpRequest, reference: str, place: int) -> HttpResponse:
    """Begin a stage, or go on with its draft."""
    found = _mine(request, reference)
    if place >= len(current().get(Course, found.course).stages):
        raise NoSuchCase()
    root = actions.begin_stage(found.number, place, person=person_of(request), by=actor_of(request))
    return redirect("services:draft", root.number)


@signed_in
@require_POST
def item(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """Begin one item alone, or go on with its draft."""
    found = _mine(request, reference)
    root = actions.begin_item(found.number, what, person=person_of(request), by=actor_of(request))
    return redirect("services:draft", root.number)


@signed_in
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop the project half way."""
    found = _mine(request, reference)
    words = request.POST.get("words", "").strip()[:500]
    actions.withdraw_project(
        found.number, person=person_of(request), words=words, by=actor_of(request)
    )
    return redirect("services:project", reference)


@signed_in
@require_POST
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a project that was withdrawn."""
    found = _mine(request, reference)
    actions.take_up_project(found.number, person=person_of(request), by=actor_of(request))
    return redirect("services:project", reference)


@desk("worklist.view")
@require_GET
def at_desk(request: HttpRequest, reference: str) -> HttpResponse:
    """A project for the departments concerned: how its items stand, nobody's documents."""
    found = project_called(reference)
    staff: Staff = request.staff  # type: ignore[attr-defined]
    if not concerns(standing(found), staff):
        raise NoSuchCase()
    return render(request, "services/desk/project.html", {"page": project_page(found)})


def _mine(request: HttpRequest, reference: str) -> Project:
    return own_project(reference, person_of(request).id)
