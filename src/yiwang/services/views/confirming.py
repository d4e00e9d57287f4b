"""A named party agrees to their part by their own sign-in, or does not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yiwang.cases.actions import confirm as confirm_part
from yiwang.cases.actions import decline as decline_part
from yiwang.cases.matters import root_numbered
from yiwang.services.pages.handling import confirming
from yiwang.services.queries import load
from yiwang.services.views.whose import actor_of, person_of
from yiwang.ui.audiences import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Who asks what about me, and whether I agree. Nobody else's number is confirmed here."""
    root = root_numbered(number)
    person = person_of(request)
    asked = confirming(root, person, load(root))
    context = {"number": number, "asked": asked}
    choice = request.POST.get("choice", "")
    if request.method != "POST" or choice not in ("agree", "decline"):
        return render(request, "services/confirm.html", context)
    if choice == "agree":
        confirm_part(root.id, person=person.id, by=actor_of(request))
    else:
        words = request.POST.get("words", "").strip()[:500]
        decline_part(root.id, person=person.id, words=words, by=actor_of(request))
    return render(request, "services/confirmed.html", context | {"agreed": choice == "agree"})
