"""The page of results, and what is offered while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yiwang.pack.queries import current
from yiwang.search import queries
from yiwang.search.documents import Document
from yiwang.search.queries import FACETS, ON_A_PAGE, Choice, Found
from yiwang.search.reading import Reading
from yiwang.search.words import LONGEST
from yiwang.ui.audiences import kept, public
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
    """A facet on the page: its name, its choices as links in a list, the one chosen."""

    title: object
    choices: SafeString
    chosen: Choice | None
    without: str


@dataclass(frozen=True)
class Card:
    """One thing found, as the page shows it: the title with what was asked for marked."""

    title: SafeString
    url: str
    text: str
    facts: SafeString
    own: bool
    chinese: bool


@public
@kept
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, best first; or what leads on, where nothing was."""
    pack = current()
    query = request.GET.get("q", "")[:LONGEST]
    asked = tuple((name, value) for name in FACETS if (value := request.GET.get(name)))
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    results = _results(queries.edition(pack), get_language() or "", query, asked, number)
    return render(request, "search/search.html", {"query": query, "results": results})


@lru_cache(maxsize=512)
def _results(
    edition: tuple[str, float], language: str, query: str, asked: tuple[tuple[str, str], ...],
    number: int,
) -> SafeString:  # fmt: skip
    """What stands below the box: the same for all who ask the same of one edition of the index.

    Many people ask for few things. Kept in memory only, for as long as the edition stands.
    """
    pack, narrowed = current(), dict(asked)
    found = queries.find(pack, query, narrowed)
    of = max(1, -(-len(found.hits) // ON_A_PAGE))
    page = PageOf(min(max(number, 1), of), of, _address(query, narrowed) + "&")
    shown = found.hits[(page.number - 1) * ON_A_PAGE :][:ON_A_PAGE]
    context = {
        "query": query,
        "found": found,
        "cards": [_card(hit.document, found.reading) for hit in shown],
        "page": page,
        "facets": _facets(found, query, narrowed),
        "narrowed": bool(asked),
        "others": queries.others(found),
        "most_used": [] if shown else queries.most_used(pack),
    }
    return render_to_string("search/_results.html", context)


@public
@kept
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Lines below the box, for what was typed so far."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    offered = queries.suggest(current(), typed) if typed else []
    return render(request, "search/_suggestions.html", {"offered": offered, "typed": typed})


def _card(one: Document, reading: Reading) -> Card:
    pieces = queries.marked(str(one.title), reading)
    facts = [("building-bank", one.department), ("clock-pause", one.days)]
    shown = [_fact(name, str(words)) for name, words in facts if str(words)]
    if one.own:
        shown.append(_fact("circle-check", gettext("Can be done here"), good=True))
    elif one.online:
        shown.append(_fact("world", gettext("Done online elsewhere")))
    return Card(
        title=format_html_join("", "{}", ((_marked(*piece),) for piece in pieces)),
        url=one.url,
        text=Truncator(str(one.summary)).chars(80) if one.own else "",
        facts=format_html_join("", "{}", ((fact,) for fact in shown)),
        own=one.own,
        chinese=one.title.zh == one.title.en,
    )


def _fact(name: str, words: str, *, good: bool = False) -> SafeString:
    css = SafeString(' class="is-good"' if good else "")
    return format_html("<li{}>{}{}</li>", css, icon(name), words)


def _marked(piece: str, hit: bool) -> str:
    return format_html("<mark>{}</mark>", piece) if hit else piece


def _facets(found: Found, query: str, asked: Mapping[str, str]) -> list[Narrowing]:
    """The facets that leave something to choose, or in which something is chosen."""
    shown = []
    for name, choices in found.choices.items():
        chosen = next((one for one in choices if one.value == asked.get(name)), None)
        if name not in asked and len(choices) < 2:
            continue
        links = format_html_join(
            "", '<li><a href="{}">{} <span class="y-count">{}</span></a></li>',
            ((_address(query, {**asked, name: one.value}), one.label, one.count)
             for one in choices),
        )  # fmt: skip
        without = {other: value for other, value in asked.items() if other != name}
        shown.append(Narrowing(NAMES[name], links, chosen, _address(query, without)))
    return shown


def _address(query: str, asked: Mapping[str, str]) -> str:
    return "?" + urlencode({"q": query, **asked})
