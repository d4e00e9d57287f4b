"""The guides to items as they were published."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yiwang.catalogue.declarations import Authority, CatalogueItem, Elements, Said, Step
from yiwang.catalogue.guide import Guide, Office, Paper
from yiwang.catalogue.guide import Step as GuideStep
from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack

_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
_AS_IT_IS = (
    "audiences", "handling", "free", "online_payment", "result_type", "result_sample", "online",
    "counter", "post", "booking", "online_at", "booking_at", "origin",
)  # fmt: skip
_SAID_OF_ITEMS = ("title", "variant", "summary", "fee", "result", "appeal")
_SAID = ("consult", "complaint", "address", "hours", "platform")


def guides(pack: Pack) -> Iterator[Guide]:
    """One for each published item, in the order they are declared."""
    for item in pack.all(CatalogueItem).values():
        yield guide(pack, item)


def guide(pack: Pack, item: CatalogueItem) -> Guide:
    """The guide to one published item."""
    told, chinese = elements(item)
    said = {name: getattr(item, name) for name in _SAID_OF_ITEMS}
    listed = {
        "matter": (item.matter.title,) if item.matter else (),
        "joint": item.joint,
        "acceptance": None if item.acceptance is None else (item.acceptance,),
        "papers": item.materials,
    }
    singles = {name: None if one is None else (one,) for name, one in said.items()}
    return Guide(
        id=item.id,
        kind="catalogue-item",
        type=item.type,
        office=office(pack, item),
        code=item.codes.item,
        catalogue_code=item.codes.catalogue,
        matter=plain(item.matter.title) if item.matter else None,
        matter_code=item.matter.code if item.matter else None,
        joint=_all(item.joint),
        level=item.level,
        area=item.area,
        basis=item.basis,
        acceptance=_all(listed["acceptance"]),
        papers=_papers(item.materials),
        statutory=item.limits.statutory,
        promised=item.limits.promised,
        visits=item.visits,
        chinese=chinese | _chinese(singles | listed),
        **{name: None if one is None else plain(one) for name, one in said.items()},
        **told,
    )


def office(pack: Pack, item: CatalogueItem) -> Office | None:
    """Who does it: the city's own office where one is named, else the authority."""
    authority = pack.all(Authority).get(item.authority or "")
    department = item.department or (authority.department if authority else None)
    own = pack.all(Department).get(department or "")
    if own is not None:
        return Office("department", own.id, own.title)
    return Office("authority", authority.id, plain(authority.title)) if authority else None


def elements(told: Elements) -> tuple[dict[str, Any], frozenset[str]]:
    """What a declaration tells of the elements of a guide, under the names `Guide` has for them;
    and the names of those told in Chinese only."""
    said = {name: getattr(told, name) for name in _SAID}
    listed = {"aliases": told.aliases, "themes": told.themes}
    made: dict[str, Any] = {name: getattr(told, name) for name in _AS_IT_IS}
    made |= {name: None if one is None else plain(one) for name, one in said.items()}
    made |= {name: _all(all) for name, all in listed.items()}
    made["steps"] = None if told.steps is None else tuple(_step(one) for one in told.steps)
    singles = {name: None if one is None else (one,) for name, one in said.items()}
    return made, _chinese(singles | listed)


def plain(said: Said) -> Text:
    """Words as a page shows them: without marks of HTML, and without space around them."""
    if isinstance(said, Text):
        return said
    words = html.unescape(_TAG.sub("", said)).strip()
    return Text(zh=words, en=words)


def _chinese(told: Mapping[str, Iterable[Said] | None]) -> frozenset[str]:
    """Which of these hold words in Chinese only."""
    return frozenset(
        name for name, all in told.items() if any(isinstance(one, str) for one in all or ())
    )


def _all(said: Iterable[Said] | None) -> tuple[Text, ...] | None:
    return None if said is None else tuple(plain(one) for one in said)


def _papers(names: Iterable[Said] | None) -> tuple[Paper, ...] | None:
    return None if names is None else tuple(Paper(plain(one)) for one in names)


def _step(step: Step) -> GuideStep:
    return GuideStep(plain(step.title), step.limit)
