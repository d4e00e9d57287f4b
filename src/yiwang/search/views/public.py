"""The page of results, and what is offered while somebody types."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yiwang.pack.queries import current
from yiwang.search import queries
from yiwang.search.documents import Document
from yiwang.search.queries import FACETS, ON_A_PAGE, Choice, Found
from yiwang.search.reading import Reading
from yiwang.search.words import LONGEST
from yiwang.ui.audiences import public
from yiwang.ui.parts import PageOf
from yiwang.ui.templatetags.ui import icon

NAMES = {
    "life_event": _("Event in life"),
    "department": _("Office"),
    "audience": _("For whom"),
    "place": _("Level"),
    "theme": _("Subject"),
}


@dataclass(frozen=True)
class Narrowing:
    """A facet on the page: its name, its choices with the address each leads to, the one chosen."""

    title: object
    choices: list[tuple[Choice, str]]
    chosen: Choice | None
    without: str


@dataclass(frozen=True)
class Card:
    """One thing found, as the page shows it: the title with what was asked for marked."""

    title: SafeString
    url: str
    text: str
    facts: list[tuple[str, str, bool]]
    own: bool
    chinese: bool


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, best first; or what leads on, where nothing was."""
    began = time.perf_counter()
    pack = current()
    query = request.GET.get("q", "")[:LONGEST]
    asked = {name: request.GET[name] for name in FACETS if request.GET.get(name)}
    found = queries.find(pack, query, asked)
    page = _page(request, found, query, asked)
    shown = found.hits[(page.number - 1) * ON_A_PAGE :][:ON_A_PAGE]
    context = {
        "query": query,
        "found": found,
        "cards": [_card(hit.document, found.reading) for hit in shown],
        "page": page,
        "facets": _facets(found, query, asked),
        "narrowed": bool(asked),
        "others": queries.others(found),
        "most_used": [] if shown else queries.most_used(pack),
    }
    answer = render(request, "search/search.html", context)
    answer["Server-Timing"] = f"search;dur={1000 * (time.perf_counter() - began):.2f}"
    return answer


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Lines below the box, for what was typed so far."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    offered = queries.suggest(current(), typed) if typed else []
    return render(request, "search/_suggestions.html", {"offered": offered, "typed": typed})


def _card(one: Document, reading: Reading) -> Card:
    pieces = queries.marked(str(one.title), reading)
    facts = [("building-bank", str(one.department)), ("clock-pause", str(one.days))]
    shown = [(_icon(name), words, False) for name, words in facts if words]
    if one.own:
        shown.append((_icon("circle-check"), gettext("Can be done here"), True))
    elif one.online:
        shown.append((_icon("world"), gettext("Done online elsewhere"), False))
    return Card(
        title=format_html_join("", "{}", ((_marked(*piece),) for piece in pieces)),
        url=one.url,
        text=Truncator(str(one.summary)).chars(80) if one.own else "",
        facts=shown,
        own=one.own,
        chinese=one.title.zh == one.title.en,
    )


def _marked(piece: str, hit: bool) -> str:
    return format_html("<mark>{}</mark>", piece) if hit else piece


@cache
def _icon(name: str) -> SafeString:
    return icon(name)


def _page(request: HttpRequest, found: Found, query: str, asked: Mapping[str, str]) -> PageOf:
    of = max(1, -(-len(found.hits) // ON_A_PAGE))
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    return PageOf(min(max(number, 1), of), of, _address(query, asked) + "&")


def _facets(found: Found, query: str, asked: Mapping[str, str]) -> list[Narrowing]:
    """The facets that leave something to choose, or in which something is chosen."""
    shown = []
    for name, choices in found.choices.items():
        chosen = next((one for one in choices if one.value == asked.get(name)), None)
        if name not in asked and len(choices) < 2:
            continue
        links = [(one, _address(query, {**asked, name: one.value})) for one in choices]
        without = {other: value for other, value in asked.items() if other != name}
        shown.append(Narrowing(NAMES[name], links, chosen, _address(query, without)))
    return shown


def _address(query: str, asked: Mapping[str, str]) -> str:
    return "?" + urlencode({"q": query, **asked})
