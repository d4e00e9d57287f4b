"""After sending: giving what is asked for, mending, withdrawing, rating."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yiwang.cases.actions import rate as rate_case
from yiwang.cases.actions import withdraw as withdraw_case
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.matters import item_of
from yiwang.cases.models import Case, Task
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.services.actions.draft import answer, read
from yiwang.services.actions.draft import contest as contest_value
from yiwang.services.actions.send import again
from yiwang.services.actions.supply import hand_in
from yiwang.services.matter import Ask, Matter
from yiwang.services.pages.handling import (
    STARS,
    Supply,
    mending,
    rating_field,
    supply,
    supply_task,
    why_field,
)
from yiwang.services.pages.standing import ItemCard, MatterPage, standing_of
from yiwang.services.queries import load
from yiwang.services.views.papers import take
from yiwang.services.views.whose import actor_of, my_root, person_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.fields import Words

SAY_SOMETHING = Text(zh="请写下您的答复。", en="Write your answer.")
BAD = 2  # stars up to which we ask what went wrong before keeping the rating


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """What an office asked for (补正): values and documents, then back to the office."""
    root = my_root(request, number)
    item = item_of(root, case)
    task = supply_task(item)
    matter = load(root)
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        asked = supply(item, task, matter, typed=request.POST.dict(), wrong={})
        wrong = _give(request, root, matter, asked)
        if not wrong:
            words = request.POST.get("words", "").strip()
            hand_in(item.id, person=person_of(request).id, words=words, by=actor_of(request))
            return redirect("services:matter", number)
    return _give_page(request, root, item, task, wrong)


def _give_page(
    request: HttpRequest, root: Case, item: Case, task: Task, wrong: dict[str, Words]
) -> HttpResponse:
    typed = request.POST.dict() if wrong else {}
    asked = supply(item, task, load(root), typed=typed, wrong=wrong)
    context = {"root": root, "asked": asked}
    return render(request, "services/give.html", context, status=422 if wrong else 200)


def _give(request: HttpRequest, root: Case, matter: Matter, asked: Supply) -> dict[str, Words]:
    wrong = _read_all(request, matter, asked.asks)
    words = asked.words.typed(request.POST)
    if words.error or (words.required and not words.value):
        wrong["words"] = words.error or SAY_SOMETHING
    if not wrong:
        _answer_all(request, root, matter, asked.asks)
    return wrong | take(request, root, list(asked.papers), by=actor_of(request))


def _read_all(request: HttpRequest, matter: Matter, asks: tuple[Ask, ...]) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    for ask in asks:
        try:
            read(matter, ask, request.POST.get(ask.name, ""))
        except BadInput as error:
            wrong[ask.name] = error.text
    return wrong


def _answer_all(request: HttpRequest, root: Case, matter: Matter, asks: tuple[Ask, ...]) -> None:
    """A value a register told is contested; one the person gave is given anew."""
    known = {ask: matter.known(ask) for ask in asks}
    own = [ask for ask, one in known.items() if one is None or one.source == "person"]
    if own:
        answer(root.id, own, request.POST.dict(), by=actor_of(request))
    for ask in asks:
        if ask not in own:
            contest_value(root.id, ask, request.POST.get(ask.name, ""), by=actor_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """Mend what stood against an item, then have it examined again, alone."""
    root = my_root(request, number)
    item = item_of(root, case)
    matter = load(root)
    card = _card(standing_of(root, matter), item)
    mended = mending(root, item, card, matter, {})
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        wrong = take(request, root, list(mended.papers), by=actor_of(request))
        if not wrong:
            again(item.id, by=actor_of(request))
            return redirect("services:matter", number)
        mended = mending(root, item, card, load(root), wrong)
    context = {"root": root, "mended": mended, "fields": [one.field for one in mended.papers]}
    return render(request, "services/mend.html", context, status=422 if wrong else 200)


def _card(page: MatterPage, item: Case) -> ItemCard:
    return next(card for card in page.items if card.id == item.id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str, case: str = "") -> HttpResponse:
    """Take back one item, or everything not decided yet; asked for once more."""
    root = my_root(request, number)
    taken = item_of(root, case) if case else root
    page = standing_of(root, load(root))
    items = [card for card in page.items if card.may_withdraw and case in ("", card.number)]
    if not items:
        raise OutOfOrder(taken)
    words = why_field().typed(request.POST)
    if request.method != "POST" or words.error:
        context = {"root": root, "items": items, "standing": page, "case": case, "words": words}
        status = 422 if words.error else 200
        return render(request, "services/withdraw.html", context, status=status)
    withdraw_case(taken.id, person=person_of(request).id, words=words.value, by=actor_of(request))
    return redirect("services:matter", number)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Rate what has ended, each once: all with one tap, or one by one with a word."""
    root = my_root(request, number)
    page = standing_of(root, load(root))
    stars = _stars(request.POST.get("all", request.GET.get("stars", "")))
    words = rating_field().typed(request.POST)
    each = {card: rating_field(card.number).typed(request.POST) for card in page.to_rate}
    wrong = any(field.error for field in (words, *each.values()))
    unsaid = stars is not None and stars <= BAD and "words" not in request.POST
    if request.method != "POST" or unsaid or wrong:
        rated = [(card, field, _chosen(request, card)) for card, field in each.items()]
        context = {"root": root, "standing": page, "stars": stars, "scale": STARS,
                   "words": words, "rated": rated}  # fmt: skip
        return render(request, "services/rate.html", context, status=422 if wrong else 200)
    for card, own in each.items():
        given = stars or _chosen(request, card)
        if given is not None:
            rate_case(
                card.id, person=person_of(request).id, stars=given,
                words=own.value or words.value, by=actor_of(request),
            )  # fmt: skip
    return redirect("services:matter", number)


def _chosen(request: HttpRequest, card: ItemCard) -> int | None:
    return _stars(request.POST.get(f"stars--{card.number}", ""))


def _stars(typed: str) -> int | None:
    return int(typed) if typed in {str(n) for n in STARS} else None
