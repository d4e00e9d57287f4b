"""The first page of the signed-in person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.notices.queries import messages_to, unread_count
from yiwang.pack.queries import current
from yiwang.services.pages.lists import on_hand
from yiwang.ui.audiences import signed_in
from yiwang.web.catalogue import things

NEWEST = 3


@signed_in
@require_safe
def my_home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is under way, what I was told."""
    person = request.person  # type: ignore[attr-defined]
    context = {
        "on_hand": on_hand(person.id),
        "messages": messages_to(person.id)[:NEWEST],
        "unread": unread_count(person.id),
        "things": things(current()),
    }
    return render(request, "web/my.html", context)
