"""Answering: the next screen of questions, changing an answer, contesting what a register says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.actions import discard_draft
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.identity.models import Account
from yiwang.kernel.canonical import digest
from yiwang.kernel.errors import BadInput, BadInputs
from yiwang.services.actions.draft import answer
from yiwang.services.actions.draft import contest as contest_value
from yiwang.services.asking import PAGE, next_page, open_papers, open_questions
from yiwang.services.matter import Matter
from yiwang.services.pages.changing import Changing, changing
from yiwang.services.pages.known import in_words, known_in
from yiwang.services.pages.naming import read_ask
from yiwang.services.pages.questions import awaited, screen
from yiwang.services.pages.way_back import last_answer
from yiwang.services.queries import load
from yiwang.services.views.whose import actor_of, ask_in, my_root
from yiwang.ui.audiences import signed_in
from yiwang.ui.preferences import prefers_elder


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """The next questions; where none is left, on to the documents or to the summary."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        return redirect("services:matter", number)
    if request.method == "POST":
        return _take(request, root)
    return _next(request, root, load(root))


def _take(request: HttpRequest, root: Case) -> HttpResponse:
    matter = load(root)
    named = {read_ask(matter, name) for name in request.POST.getlist("ask")}
    asks = [ask for ask in open_questions(matter) if ask in named]  # whatever else was posted
    try:
        if asks:
            answer(root.id, asks, request.POST.dict(), by=actor_of(request))
    except BadInputs as error:
        return _next(request, root, matter, {one.field: one.text for one in error.inputs})
    return redirect("services:draft", root.number)


def _next(
    request: HttpRequest, root: Case, matter: Matter, wrong: dict[str, object] | None = None
) -> HttpResponse:
    page = next_page(matter, size=1 if prefers_elder(request) else PAGE)
    if page is None:
        return _nothing_to_ask(request, root, matter)
    typed = request.POST.dict() if wrong else {}
    shown = screen(matter, page, typed=typed, wrong=wrong or {}, phone=_phone(request))
    context = {
        "root": root,
        "plan": matter.plan,
        "screen": shown,
        "known": known_in(matter, page.section, root.number),
        "back": last_answer(matter, root.number),
        "mark": _mark(matter),
        "in_the_way": in_words(matter, root.number),
    }
    return render(request, "services/question.html", context, status=422 if wrong else 200)


def _phone(request: HttpRequest) -> str:
    account = request.user
    return account.phone if isinstance(account, Account) else ""


def _nothing_to_ask(request: HttpRequest, root: Case, matter: Matter) -> HttpResponse:
    if matter.awaited:
        context = {
            "root": root, "plan": matter.plan, "awaited": awaited(matter), "mark": _mark(matter),
        }  # fmt: skip
        return render(request, "services/waiting.html", context)
    if open_papers(matter):
        return redirect("services:papers", root.number)
    return redirect("services:check", root.number)


@signed_in
@require_safe
def waiting(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a slow register has answered since the page was drawn (`mark`); asked every second.

    Nothing new is 204. With `alone` the whole page goes on; else only the notice changes, so
    that nothing moves under a hand that is typing.
    """
    root = my_root(request, number)
    matter = load(root)
    mark = _mark(matter)
    if mark == request.GET.get("mark"):
        return HttpResponse(status=204)
    if "alone" in request.GET:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    context = {"root": root, "awaited": awaited(matter), "mark": mark, "news": True}
    return render(request, "services/_awaited.html", context)


def _mark(matter: Matter) -> str:
    """What tells one state of waiting from another."""
    return digest(sorted([role, str(index), element] for role, index, element in matter.awaited))[
        :16
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: str, ask: str) -> HttpResponse:
    """One answer given earlier, to be given again."""
    root = my_root(request, number)
    matter = load(root)
    asked = changing(root, matter, ask_in(matter, ask), "change", case=request.GET.get("case", ""))
    if request.method != "POST":
        return _ask_again(request, root, asked)
    try:
        answer(root.id, [asked.ask], request.POST.dict(), by=actor_of(request))
    except BadInputs as error:
        return _ask_again(request, root, asked, error.inputs[0])
    return redirect(asked.back)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, number: str, ask: str) -> HttpResponse:
    """What a register says of me is wrong: what is right?"""
    root = my_root(request, number)
    matter = load(root)
    asked = changing(root, matter, ask_in(matter, ask), "contest", case=request.GET.get("case", ""))
    if request.method != "POST":
        return _ask_again(request, root, asked)
    try:
        raw = request.POST.get(asked.ask.name, "")
        contest_value(root.id, asked.ask, raw, by=actor_of(request))
    except BadInput as error:
        return _ask_again(request, root, asked, error)
    return redirect(asked.back)


def _ask_again(
    request: HttpRequest, root: Case, asked: Changing, wrong: BadInput | None = None
) -> HttpResponse:
    if wrong is not None:
        asked = asked.with_error(request.POST.get(asked.ask.name, ""), wrong.text)
    context = {"root": root, "asked": asked, "fields": [asked.field]}
    return render(request, "services/change.html", context, status=422 if wrong else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Throw a draft away, asked for once more."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        raise OutOfOrder(root)
    if request.method != "POST":
        return render(request, "services/discard.html", {"root": root, "plan": load(root).plan})
    discard_draft(root.id, by=actor_of(request))
    return redirect("services:matters")
