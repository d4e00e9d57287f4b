"""What a matter asks of whoever applies: by its declarations, and what it took in fact. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.services.declarations import Before, Bundle, Service
from yiwang.services.plan import Plan


@dataclass(frozen=True)
class Effort:
    """Steps, days, documents, visits, forms and fees of one bundle or item, as declared now.

    A step is a time the applicant deals with the city: applying is one, each visit another. Of
    the documents `usual` must be uploaded whatever is answered, `most` if nothing is on file.
    """

    steps: int
    promise: Limit
    usual: int
    most: int
    visits: int
    forms: int
    fees: tuple[Text, ...]
    at_once: int
    items: int


@dataclass(frozen=True)
class Measure:
    """What a year of matters of one bundle or item took.

    Days are working days without those in which the person was waited for; `median_whole` is in
    days of any kind, from sending. None where nothing has ended yet.
    """

    what: str
    sent: int
    ended: int
    granted: int
    at_once: int
    asked_more: int
    at_counter: int
    median_days: int | None
    p90_days: int | None
    median_whole: int | None


@dataclass(frozen=True)
class Took:
    """What a bundle or item was last measured to take: None where nobody applied; `at` when, and
    `more` the address where all of it is told."""

    measure: Measure | None
    at: datetime | None
    more: str


MEASURED: Registry[Callable[[str, str], Took]] = Registry("measure of matters")


def took(kind: str, id: str) -> Took | None:
    """What `bundle` or `service` `id` took in fact, where a room above measures it."""
    return next((measure(kind, id) for _, measure in MEASURED.items()), None)


def effort(plan: Plan) -> Effort:
    """The effort of a plan."""
    services = [item.service for item in plan.items]
    visits = sum(service.visits for service in services)
    by_hand = [key for key in plan.papers if not _found(plan, key)]
    return Effort(
        steps=1 + visits,
        promise=plan.promise,
        usual=sum(_always(plan, key) for key in by_hand),
        most=len(by_hand),
        visits=visits,
        forms=1,
        fees=tuple(dict.fromkeys(service.fee for service in services if service.fee)),
        at_once=sum(item.instant is not None for item in plan.items),
        items=len(plan.items),
    )


def before(plan: Plan) -> Before | None:
    """How it was before, where it is declared."""
    kinds: dict[str, type[Bundle] | type[Service]] = {"bundle": Bundle, "service": Service}
    return plan.pack.get(kinds[plan.kind], plan.id).before


def _found(plan: Plan, key: tuple[str, str]) -> bool:
    """Whether a held licence, or an item of this very matter, can stand for the document."""
    return key in plan.issued or any(use[1].declared.licence for use in plan.papers[key])


def _always(plan: Plan, key: tuple[str, str]) -> bool:
    return any(use[1].when is None and use[1].waived_if is None for use in plan.papers[key])
