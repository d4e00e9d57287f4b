"""My matters: all of them, and one of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yiwang.cases.matters import matters_of
from yiwang.cases.states import State
from yiwang.services.pages.lists import listed
from yiwang.services.pages.standing import standing_of
from yiwang.services.projects import project_of, projects_among
from yiwang.services.queries import load
from yiwang.services.views.whose import my_root, person_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.parts import PageOf

ON_A_PAGE = 20


@signed_in
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Drafts, what is under way, what is done."""
    rows = matters_of(person_of(request).id)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "groups": listed(list(page.object_list)),
        "projects": projects_among([one.id for one in page.object_list]),
        "page": PageOf(page.number, page.paginator.num_pages),
    }
    return render(request, "services/matters.html", context)


@signed_in
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: where it stands, what to do, what comes next."""
    root = my_root(request, number)
    if root.state == State.DRAFT:
        return redirect("services:draft", number)
    context = {
        "root": root,
        "standing": standing_of(root, load(root)),
        "project": project_of(root.id),
    }
    return render(request, "services/matter.html", context)
