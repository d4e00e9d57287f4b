"""What this room gives to be found: the guide to every item, bundles and courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guides
from yiwang.catalogue.types import LEVELS
from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack
from yiwang.search.documents import NOTHING, Document
from yiwang.services.declarations import Bundle, Course

WORKING = Text(zh="{days} 个工作日", en="{days} working days")
NATURAL = Text(zh="{days} 天", en="{days} days")
AT_ONCE = Text(zh="当天办结", en="the same day")


def items(pack: Pack) -> Iterator[Document]:
    """One for every guide: items that can be applied for here, and those that are published."""
    events: dict[str, list[Text]] = defaultdict(list)
    for bundle in pack.all(Bundle).values():
        for item in bundle.items:
            events[item.service].append(bundle.life_event)
    for guide in guides(pack).values():
        yield _item(guide, tuple(events[guide.id]))


def bundles(pack: Pack) -> Iterator[Document]:
    """One for every thing done once; the stages of a course stand in the course."""
    stages = {stage.bundle for course in pack.all(Course).values() for stage in course.stages}
    for bundle in pack.all(Bundle).values():
        if bundle.id in stages:
            continue
        lead = pack.get(Department, bundle.lead)
        yield Document(
            kind="bundle",
            id=bundle.id,
            title=bundle.title,
            url=reverse("services:bundle", args=[bundle.id]),
            aliases=(bundle.life_event.zh, bundle.life_event.en),
            summary=bundle.summary,
            department=lead.title,
            audiences=_applicants(bundle),
            life_events=(bundle.life_event,),
            days=_days(bundle.promise),
            online=True,
            own=True,
            icon=bundle.icon,
        )


def courses(pack: Pack) -> Iterator[Document]:
    """One for every course, found by its own names and those of its stages."""
    for course in pack.all(Course).values():
        stages = [pack.get(Bundle, stage.bundle) for stage in course.stages]
        names = [*course.aliases, *(stage.title for stage in course.stages)]
        yield Document(
            kind="course",
            id=course.id,
            title=course.title,
            url=reverse("services:course", args=[course.id]),
            aliases=tuple(word for name in names for word in (name.zh, name.en)),
            summary=course.summary,
            department=pack.get(Department, course.lead).title,
            audiences=_applicants(stages[0]),
            life_events=tuple(dict.fromkeys(stage.life_event for stage in stages)),
            online=True,
            own=True,
            icon=course.icon,
        )


def _applicants(bundle: Bundle) -> tuple[str, ...]:
    kinds = {bundle.parties[role].kind for role in bundle.applicant}
    return tuple(kind for kind in ("person", "organisation") if kind in kinds)


def _item(guide: Guide, events: tuple[Text, ...]) -> Document:
    papers = "、".join(one.title.zh for one in guide.papers or ())
    answers = " ".join(one.ask.zh for one in guide.questions or ())
    conditions = " ".join(one.zh for one in guide.acceptance or ())
    return Document(
        kind="item",
        id=guide.id,
        title=guide.title,
        url=_address(guide),
        aliases=tuple(_names(guide)),
        summary=guide.summary or NOTHING,
        body="\n".join((papers, answers, conditions)),
        department=guide.office.title if guide.office else NOTHING,
        audiences=_audiences(guide),
        place=LEVELS[guide.level] if guide.level else NOTHING,
        themes=tuple(theme for theme in guide.themes or () if theme.zh != "其他"),
        life_events=events,
        days=_days(guide.promised),
        online=bool(guide.online),
        own=guide.kind == "service",
    )


def _names(guide: Guide) -> Iterator[str]:
    for one in guide.aliases:
        yield one.zh
        if one.en != one.zh:
            yield one.en
    for more in (guide.matter, guide.variant):
        if more is not None and more.zh not in guide.title.zh:
            yield more.zh


def _audiences(guide: Guide) -> tuple[str, ...]:
    kinds = {"person" if one == "person" else "organisation" for one in guide.audiences or ()}
    return tuple(sorted(kinds, reverse=True))


def _days(limit: Limit | str | None) -> Text:
    if not isinstance(limit, Limit):
        return NOTHING
    if limit.days == 0:
        return AT_ONCE
    return (WORKING if limit.count == "working" else NATURAL).filled(days=limit.days)


def _address(guide: Guide) -> str:
    name = "services:service" if guide.kind == "service" else "guides:item"
    return reverse(name, args=[guide.id])
