"""One timeline for a whole matter: what was done, by whom, what goes on, what comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from yiwang.cases.models import Case
from yiwang.cases.states import ENDED, State
from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_of_root, body_of
from yiwang.pack.pack import Pack
from yiwang.services.matter import Matter
from yiwang.ui.parts import Step, StepState, Words


class HasDay(Protocol):
    """A limit that ends on a day."""

    @property
    def on(self) -> date:
        """The day."""
        ...


class HasDue(Protocol):
    """An item with its office, its limit, and what it waits for."""

    @property
    def plain(self) -> str:
        """Its title, whoever it is for."""
        ...

    @property
    def office(self) -> Text:
        """Who decides it."""
        ...

    @property
    def due(self) -> HasDay | None:
        """By when."""
        ...

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Titles of what is granted first."""
        ...


def sentence(what: str, item: str, rule: bool) -> str:
    """An act in plain words; empty for one the timeline does not tell."""
    if what == "case.granted" and rule:
        return gettext("%(item)s: granted at once, by rule") % {"item": item}
    words = {
        "case.sent": gettext("You sent it"),
        "case.begun": gettext("%(item)s: begun"),
        "case.accepted": gettext("%(item)s: accepted"),
        "case.not_accepted": gettext("%(item)s: not accepted"),
        "case.more_asked": gettext("%(item)s: more was asked of you"),
        "case.extended": gettext("%(item)s: the limit was extended"),
        "case.review_convened": gettext("The departments were called together for a joint review"),
        "case.review_concluded": gettext("The joint review concluded"),
        "case.supplied": gettext("%(item)s: you gave what was asked for"),
        "case.approved": gettext("%(item)s: approved, to be paid for"),
        "case.paid": gettext("%(item)s: paid"),
        "case.granted": gettext("%(item)s: granted"),
        "case.refused": gettext("%(item)s: refused"),
        "case.withdrawn": gettext("%(item)s: you withdrew it"),
        "case.confirmed": gettext("The other person agreed"),
        "case.declined": gettext("The other person did not agree"),
        "case.not_answered": gettext("The other person did not answer in time"),
        "case.sent_back": gettext("It came back to you to be corrected"),
        "case.tried_again": gettext("%(item)s: examined again"),
        "case.verification_opened": gettext("%(item)s: a late answer is being checked"),
        "case.verified": gettext("%(item)s: the late answer was checked"),
        "case.made_good": gettext("%(item)s: the office answered your rating"),
        "case.closed": gettext("Everything is decided"),
        "case.erasure_asked": gettext("Somebody asked that its contents be erased"),
        "case.erasure_refused": gettext("Its contents are not erased"),
        "case.erased": gettext("Its contents were erased as the law requires"),
    }.get(what, "")
    return words % {"item": item} if words else ""


TOLD_WHY = ("case.extended", "case.review_concluded")
STATES: Mapping[str, StepState] = {
    "case.refused": "refused", "case.not_accepted": "refused", "case.withdrawn": "stopped",
    "case.declined": "stopped",
    "case.not_answered": "stopped",
}  # fmt: skip

STANDS_STILL: Mapping[str, str] = {State.SUPPLEMENTING: "supply", State.PAYING: "pay"}


def timeline_of(
    root: Case,
    cases: Sequence[Case],
    titles: Mapping[UUID, str],
    matter: Matter,
    items: Mapping[UUID, HasDue],
) -> tuple[Step, ...]:
    """What has happened by the acts of the matter, then what goes on and what waits."""
    pack = matter.plan.pack
    acts = acts_of_root(root.id).filter(what__startswith="case.")
    over = {case.id for case in cases if State(case.state) in ENDED}
    told = [act for act in acts if act.what != "case.begun" or act.case not in over]
    waiting = any(case.state == State.WAITING for case in cases)
    named = {root.id: str(matter.plan.title)} | dict(titles)
    past = [step for act in told if (step := _past(act, named, pack, waiting=waiting))]
    return (*past, *_present(cases, items), *_future(cases, items))


def _past(act: Act, titles: Mapping[UUID, str], pack: Pack, *, waiting: bool) -> Step | None:
    item = titles.get(act.case, "") if act.case else ""
    words = sentence(act.what, item, act.by_kind == "rule")
    if act.what == "case.closed" and waiting:
        words = gettext("What can be decided for now is decided")
    if not words:
        return None
    by = "" if act.what == "case.closed" else _by(act, pack)
    body = body_of(act) if act.what in TOLD_WHY else {}
    text = str(body.get("reasons") or body.get("words") or "")
    return Step(
        words,
        STATES.get(act.what, "done"),
        at=act.at,
        by=by,
        text=text,
        proof=reverse("ledger:my_act", args=[act.id]),
    )


def _by(act: Act, pack: Pack) -> Words:
    department = pack.all(Department).get(act.department)
    return department.short if department else ""


def _present(cases: Sequence[Case], items: Mapping[UUID, HasDue]) -> list[Step]:
    """What offices work on now and what waits for the person, one step an office and day."""
    found: dict[tuple[str, str, date | None], list[str]] = {}
    for case in cases:
        if State(case.state) in ENDED or case.state == State.WAITING:
            continue
        item = items[case.id]
        state = STANDS_STILL.get(case.state, "now")
        day = item.due.on if item.due and state == "now" else None
        found.setdefault((state, str(item.office), day), []).append(item.plain)
    later = {
        "supply": gettext("Give what was asked for, then it goes on"),
        "pay": gettext("Once everything is paid it goes on"),
    }
    return [
        Step(
            _joined(titles),
            "waiting" if state in later else "now",
            due=day,
            text=later.get(state, ""),
            by=office,
        )
        for (state, office, day), titles in found.items()
    ]


def _future(cases: Sequence[Case], items: Mapping[UUID, HasDue]) -> list[Step]:
    """What has not begun, together where it waits for the same."""
    found: dict[tuple[str, ...], list[str]] = {}
    for case in cases:
        if case.state == State.WAITING:
            item = items[case.id]
            found.setdefault(item.waits_for, []).append(item.plain)
    return [
        Step(
            _joined(titles),
            "next",
            text=gettext("Begins once this is done: %(before)s") % {"before": _joined(before)}
            if before
            else "",
        )
        for before, titles in found.items()
    ]


def _joined(titles: Sequence[str]) -> str:
    return pgettext("between items", ", ").join(dict.fromkeys(titles))
