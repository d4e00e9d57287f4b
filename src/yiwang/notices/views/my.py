"""The inbox of the signed-in person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yiwang.notices.actions import mark_all_read, mark_read
from yiwang.notices.queries import messages_to, text_in_inbox, unread_count
from yiwang.ui.audiences import signed_in
from yiwang.ui.parts import PageOf

ON_A_PAGE = 20


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, unread first."""
    me = request.person.id  # type: ignore[attr-defined]
    page = Paginator(messages_to(me), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "messages": page.object_list,
        "page": PageOf(page.number, page.paginator.num_pages),
        "unread": unread_count(me),
    }
    return render(request, "notices/inbox.html", context)


@signed_in
@require_GET
def message(request: HttpRequest, id: UUID) -> HttpResponse:
    """One message; opening it is reading it."""
    found = messages_to(request.person.id).filter(id=id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    mark_read(found)
    context = {"message": found, "text": text_in_inbox(found)}
    return render(request, "notices/message.html", context)


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(request.person.id)  # type: ignore[attr-defined]
    return redirect("notices:inbox")
