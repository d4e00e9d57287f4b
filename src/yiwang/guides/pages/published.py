"""The guide of an item that is only published, as the page of any item shows it. Pure."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guides
from yiwang.catalogue.types import AUDIENCES, HANDLINGS, ITEM_TYPES, RESULT_TYPES
from yiwang.guides.pages.lines import url_of
from yiwang.identity.declarations import City
from yiwang.kernel.words import Text, spoken
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack
from yiwang.services.obstacles import obstacles_of
from yiwang.services.pages.clauses import clause
from yiwang.services.pages.guide import Needed, PaperGroup, law_in_words
from yiwang.services.pages.item_guide import (
    NEAR,
    GuideStep,
    ItemGuide,
    Near,
    Span,
    office_of,
    span,
    visits_in_words,
)

NOTHING = Text(zh="", en="")


def published_guide(pack: Pack, guide: Guide, *, on: date) -> ItemGuide:
    """What is published of an item, in the shape of every guide; what is not, is named."""
    return ItemGuide(
        id=guide.id,
        title=guide.title,
        summary=guide.summary or NOTHING,
        tags=_tags(guide),
        applicants=(),
        promised=_span(pack, guide.promised, on),
        statutory=_span(pack, guide.statutory, on),
        fee=_fee(guide),
        visits="" if guide.visits is None else visits_in_words(guide.visits),
        conditions=tuple((one, "") for one in guide.acceptance or ()),
        at_once=(),
        papers=_papers(guide),
        asked=0,
        told=0,
        steps=tuple(
            GuideStep(str(one.title), "", _span_words(pack, one.limit, on))
            for one in guide.steps or ()
        ),
        gives=guide.result or NOTHING,
        sample=None,
        office=office_of(pack, guide),
        laws=tuple(law_in_words(basis) for basis in guide.basis or ()),
        objection=guide.appeal or _usual_objection(pack, guide),
        obstacles=tuple(clause(one) for one in obstacles_of(pack, guide.id)),
        questions=tuple(guide.questions or ()),  # type: ignore[arg-type] - of the same shape
        bundles=(),
        related=_related(pack, guide),
        untold=tuple(_untold(guide)),
        elsewhere=tuple(_elsewhere(guide)),
        codes=tuple(code for code in (guide.code, guide.catalogue_code) if code),
        chinese=bool(guide.chinese) and spoken() != "zh",
        is_here=False,
    )


def _tags(guide: Guide) -> tuple[str, ...]:
    found = [ITEM_TYPES[guide.type]] if guide.type else []
    found += [AUDIENCES[one] for one in guide.audiences or ()]
    found += [HANDLINGS[guide.handling]] if guide.handling else []
    found += [RESULT_TYPES[guide.result_type]] if guide.result_type else []
    ways = (
        (guide.online, gettext("Online")), (guide.counter, gettext("At the counter")),
        (guide.post, gettext("By post")), (guide.booking, gettext("Appointments can be booked")),
    )  # fmt: skip
    return tuple(str(one) for one in found) + tuple(words for told, words in ways if told)


def _span(pack: Pack, limit: Any, on: date) -> Span | None:
    if limit is None:
        return None
    return span(pack, limit, on) if isinstance(limit, Limit) else Span(gettext("no limit"))


def _span_words(pack: Pack, limit: Limit | None, on: date) -> str:
    return span(pack, limit, on).words if limit else ""


def _fee(guide: Guide) -> str:
    if guide.fee:
        return str(guide.fee)
    if guide.free is None:
        return ""
    return gettext("Free") if guide.free else gettext("There is a fee; ask how much")


def _papers(guide: Guide) -> tuple[PaperGroup, ...]:
    if not guide.papers:
        return ()
    needed = tuple(Needed(one.title, "", why=one.why) for one in guide.papers)
    return (PaperGroup(gettext("You always give"), needed),)


def _usual_objection(pack: Pack, guide: Guide) -> Text:
    """What the city says holds for its own offices only."""
    own = guide.office is not None and guide.office.kind == "department"
    return pack.only(City).appeal if own else NOTHING


def _related(pack: Pack, guide: Guide) -> tuple[Near, ...]:
    """Other parts of the same matter first, then items of the same office and subject."""
    others = [one for one in guides(pack).values() if one.id != guide.id]
    same_matter = (one for one in others if guide.matter and one.matter == guide.matter)
    themes = {theme.zh for theme in guide.themes or ()}
    same = (
        one
        for one in others
        if guide.office
        and one.office == guide.office
        and themes & {theme.zh for theme in one.themes or ()}
    )
    found = dict.fromkeys((one.id, one.title) for one in islice(same_matter, NEAR))
    found |= dict.fromkeys((one.id, one.title) for one in islice(same, NEAR))
    every = guides(pack)
    return tuple(Near(every[id].title, url_of(every[id])) for id, _ in islice(found, NEAR))


def _elsewhere(guide: Guide) -> list[str]:
    """Where it is done, as plain words: the platform and its address."""
    found = [str(one) for one in (guide.platform, guide.online_at) if one]
    return found or ([guide.origin] if guide.origin else [])


def _untold(guide: Guide) -> list[str]:
    """What people need to know and the source does not say."""
    asked = (
        (guide.basis, gettext("the law it rests on")),
        (guide.papers, gettext("what to bring")),
        (guide.acceptance, gettext("who can have it")),
        (guide.statutory, gettext("the limit by law")),
        (guide.promised, gettext("the promised time")),
        (guide.fee if guide.free is None else guide.free, gettext("the fee")),
        (guide.steps, gettext("the steps")),
        (guide.result, gettext("what you get")),
        (guide.address, gettext("the address")),
        (guide.hours, gettext("the opening hours")),
        (guide.appeal, gettext("how to object")),
    )
    return [words for told, words in asked if told is None]
