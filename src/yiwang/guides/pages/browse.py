"""The catalogue as a person walks through it: narrowed by what they chose, page by page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guides
from yiwang.guides.pages.lines import Axis, Choice, axes, in_days, narrowed, url_of
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Bundle
from yiwang.ui.parts import PageOf

ON_A_PAGE = 25
LETTERS = "letter"


@dataclass(frozen=True)
class Line:
    """An item of the list. `here`: it can be applied for on this site."""

    title: Text
    url: str
    note: str
    here: bool
    chinese: bool


@dataclass(frozen=True)
class Way:
    """A way to narrow the list, with what it offers now."""

    name: str
    title: Text
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """The value chosen, or ""."""
        return next((one.id for one in self.choices if one.chosen), "")


@dataclass(frozen=True)
class Shelf:
    """One page of the list, and all that leads to others. `chosen` are the values in force, each
    with the address that lets go of it."""

    lines: tuple[Line, ...]
    count: int
    page: PageOf
    ways: tuple[Way, ...]
    letters: tuple[Choice, ...]
    letter_query: str
    chosen: tuple[tuple[str, str], ...]
    bundles: tuple[Bundle, ...]


def shelf(pack: Pack, asked: Mapping[str, str], page: int) -> Shelf:
    """The items that fit what was asked, those done on this site first, then by letter."""
    every, ways = guides(pack), axes(pack, guides(pack))
    asked = {way.name: asked[way.name] for way in ways if asked.get(way.name)}
    found = sorted(narrowed(every.values(), ways, asked), key=_order)
    of = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 1), of)
    offered = [_way(way, every.values(), ways, asked) for way in ways]
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Shelf(
        lines=tuple(_line(one) for one in shown),
        count=len(found),
        page=PageOf(page, of, _query(asked)),
        ways=tuple(way for way in offered if way.name != LETTERS and way.choices),
        letters=_by_letter(next(way for way in offered if way.name == LETTERS)),
        letter_query=_query({k: v for k, v in asked.items() if k != LETTERS}),
        chosen=tuple(_let_go(way, asked) for way in offered if way.chosen),
        bundles=() if asked or page > 1 else tuple(pack.all(Bundle).values()),
    )


def _order(one: Guide) -> tuple[bool, bytes]:
    return one.kind != "service", one.title.zh.encode("gb18030")


def _line(one: Guide) -> Line:
    parts = (str(one.office.title) if one.office else "", in_days(one.promised))
    return Line(
        title=one.title,
        url=url_of(one),
        note=" · ".join(part for part in parts if part),
        here=one.kind == "service",
        chinese="title" in one.chinese,
    )


def _way(way: Axis, every: Sequence[Guide], ways: Sequence[Axis], asked: Mapping[str, str]) -> Way:
    left = narrowed(every, ways, asked, without=way.name)
    return Way(way.name, way.title, tuple(way.choices(left, asked.get(way.name, ""))))


def _by_letter(way: Way) -> tuple[Choice, ...]:
    return tuple(sorted(way.choices, key=lambda one: (not one.id.isalpha(), one.id)))


def _let_go(way: Way, asked: Mapping[str, str]) -> tuple[str, str]:
    title = next(one.title for one in way.choices if one.chosen)
    named = gettext("%(way)s: %(choice)s") % {"way": way.title, "choice": title}
    return named, _query({k: v for k, v in asked.items() if k != way.name}).rstrip("?&") or "?"


def _query(asked: Mapping[str, str]) -> str:
    return f"?{urlencode(asked)}&" if asked else "?"
