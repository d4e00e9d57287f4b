"""What the guide of one item says, whoever declared the item. Pure.

Every value is ready to be read; what the declaration does not tell is named in `untold`, never
guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from yiwang.cases.calendar import work_calendar
from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guide
from yiwang.catalogue.types import AUDIENCES, ITEM_TYPES
from yiwang.identity.declarations import City, Department
from yiwang.kernel import moment
from yiwang.kernel.words import Text, spoken
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack
from yiwang.services.course import stage_of
from yiwang.services.declarations import Bundle, Course, Question, Service
from yiwang.services.effort import Took
from yiwang.services.obstacles import obstacles_of
from yiwang.services.pages.clauses import Clause, clause
from yiwang.services.pages.effect import EffectTable, effect_table
from yiwang.services.pages.guide import (
    PaperGroup,
    asked_and_told,
    gives,
    grouped,
    law_in_words,
    papers_of,
    who_applies,
)
from yiwang.services.plan import plan_of
from yiwang.services.samples import Sample, sample_of

NEAR = 6  # neighbours named at the end of a guide
WEEK = 5  # working days


@dataclass(frozen=True)
class Span:
    """A limit in words, roughly in weeks, and the day it ends if one applies today."""

    words: str
    about: str = ""
    until: date | None = None
    law: str = ""


@dataclass(frozen=True)
class GuideStep:
    """One step: what happens, who does it, how long it takes."""

    title: str
    who: str
    note: str = ""


@dataclass(frozen=True)
class Office:
    """Where to go and whom to call; "" is what nobody declared."""

    title: str
    address: str
    hours: str
    phone: str
    complaint_phone: str


@dataclass(frozen=True)
class Near:
    """A neighbour of the item: where it stands and what it is called."""

    title: Text
    url: str


@dataclass(frozen=True)
class ItemGuide:
    """Everything the guide of an item shows.

    `is_here`: it can be applied for on this site; else `elsewhere` says where. `course`: it is an
    item of the `nth` stage of this course. `chinese`: some of
    it is known in Chinese only, and this page speaks another language.
    """

    id: str
    title: Text
    summary: Text
    tags: tuple[str, ...]
    applicants: tuple[tuple[str, Text], ...]
    promised: Span | None
    statutory: Span | None
    fee: str
    visits: str
    conditions: tuple[tuple[Text, str], ...]
    at_once: tuple[str, ...]
    papers: tuple[PaperGroup, ...]
    asked: int
    told: int
    steps: tuple[GuideStep, ...]
    gives: Text
    sample: Sample | None
    office: Office
    laws: tuple[str, ...]
    objection: Text
    obstacles: tuple[Clause, ...]
    questions: tuple[Question, ...]
    bundles: tuple[Bundle, ...]
    related: tuple[Near, ...]
    effect: EffectTable | None = None
    untold: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    chinese: bool = False
    is_here: bool = True
    course: Course | None = None
    nth: int = 0

    @property
    def starts_here(self) -> bool:
        """Whether it is begun from its guide; what belongs to a project is begun from there."""
        return self.is_here and self.course is None


def service_guide(pack: Pack, service: Service, *, on: date, took: Took | None = None) -> ItemGuide:
    """The guide of an item of the city's own; `on` is the day it would be applied for, `took`
    what it took in fact."""
    plan = plan_of(pack, service.id, "service")
    item = plan.items[0]
    office = pack.get(Department, service.department)
    asked, told = asked_and_told(plan)
    course, place = stage_of(pack, "service", service.id) or (None, -1)
    return ItemGuide(
        course=course,
        nth=place + 1,
        id=service.id,
        title=service.title,
        summary=service.summary,
        tags=_tags(service),
        applicants=who_applies(plan),
        promised=span(pack, service.limits.promised, on),
        statutory=span(pack, service.limits.statutory, on),
        fee=str(service.fee or gettext("Free")),
        visits=visits_in_words(service.visits),
        conditions=tuple((one.title, law_in_words(one.basis)) for one in service.conditions),
        at_once=tuple(
            part.in_words(spoken()) for part in (item.instant.parts() if item.instant else ())
        ),
        papers=grouped(papers_of(plan)),
        asked=len(asked),
        told=len(told),
        steps=_steps(pack, service, office),
        gives=gives(item),
        sample=sample_of(pack, service),
        office=office_of(pack, guide(pack, service.id)),
        laws=tuple(law_in_words(basis) for basis in service.basis),
        objection=service.appeal or pack.only(City).appeal,
        obstacles=tuple(clause(one) for one in obstacles_of(pack, service.id)),
        questions=service.questions,
        bundles=_bundles(pack, service),
        related=_related(pack, service),
        effect=effect_table(plan, took),
    )


def _tags(service: Service) -> tuple[str, ...]:
    """What sort of act, for whom, where."""
    whom = AUDIENCES["person"] if service.audience == "person" else gettext("Organisations")
    where = {
        "online": gettext("Online"), "counter": gettext("At the counter"),
        "post": gettext("By post"),
    }  # fmt: skip
    return (str(ITEM_TYPES[service.type]), str(whom), *(where[one] for one in service.channels))


def span(pack: Pack, limit: Limit, on: date) -> Span:
    """A limit as people count: `5 working days`, `about a week`, `by 27 November`."""
    law = law_in_words(limit.basis) if limit.basis else ""
    until = work_calendar(pack).after(on, limit.days, limit.count)
    if limit.days == 0:
        return Span(gettext("the same day"), until=until, law=law)
    if limit.count == "natural":
        words = ngettext("%(days)d calendar day", "%(days)d calendar days", limit.days)
        return Span(words % {"days": limit.days}, until=until, law=law)
    words = ngettext("%(days)d working day", "%(days)d working days", limit.days)
    return Span(words % {"days": limit.days}, _weeks(limit.days), until, law)


def _weeks(working_days: int) -> str:
    weeks = round(working_days / WEEK)
    if working_days < WEEK:
        return ""
    return ngettext("about %(weeks)d week", "about %(weeks)d weeks", weeks) % {"weeks": weeks}


def visits_in_words(visits: int) -> str:
    """How often one must come."""
    if not visits:
        return gettext("none")
    return ngettext("%(count)d visit", "%(count)d visits", visits) % {"count": visits}


def office_of(pack: Pack, guide: Guide) -> Office:
    """Where to go and whom to call: as the item says, else as its office does."""
    own = pack.all(Department).get(guide.office.id) if guide.office else None
    return Office(
        title=str(guide.office.title) if guide.office else "",
        address=str(guide.address or (own.address if own else "")),
        hours=str(guide.hours or (own.hours if own else "")),
        phone=str(guide.consult or (own.phone if own else "")),
        complaint_phone=str(guide.complaint or (own.complaint_phone if own else "")),
    )


def _steps(pack: Pack, service: Service, office: Department) -> tuple[GuideStep, ...]:
    """What happens, from the first answer to the result."""
    you, short = gettext("you"), str(office.short)
    promised = span(pack, service.limits.promised, moment.today()).words
    looked = gettext("what is missing you are told at one time; meanwhile no day counts")
    within = gettext("within %(promised)s") % {"promised": promised}
    taken = GuideStep(gettext("It is looked through and taken on"), short, looked)
    usual = {"accept": taken, "decide": GuideStep(gettext("It is decided"), short, within)}
    theirs = [usual[one] for one in service.steps if one in usual]
    if told := guide(pack, service.id).steps:
        theirs = [GuideStep(str(one.title), short, _took(pack, one.limit)) for one in told]
    first = GuideStep(gettext("Answer, check, send"), you, gettext("online, or at the counter"))
    last = GuideStep(gettext("You get the result"), you, str(service.result.title or ""))
    return (first, *theirs, last)


def _took(pack: Pack, limit: Limit | None) -> str:
    return span(pack, limit, moment.today()).words if limit else ""


def _bundles(pack: Pack, service: Service) -> tuple[Bundle, ...]:
    return tuple(
        bundle
        for bundle in pack.all(Bundle).values()
        if any(entry.service == service.id for entry in bundle.items)
    )


def _related(pack: Pack, service: Service) -> tuple[Near, ...]:
    """Items of the same bundles first, then of the same office."""
    services = pack.all(Service)
    together = (entry.service for bundle in _bundles(pack, service) for entry in bundle.items)
    same = (one.id for one in services.values() if one.department == service.department)
    found = dict.fromkeys(id for id in (*together, *same) if id != service.id)
    return tuple(
        Near(services[id].title, reverse("services:service", args=[id]))
        for id in islice(found, NEAR)
    )
