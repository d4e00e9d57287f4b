"""The demo's week, played in the order of its moments under a shifted clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection

from yiwang.cases.calendar import work_calendar
from yiwang.cases.roots import begun_by
from yiwang.identity.queries import active_staff, people_numbered
from yiwang.kernel import moment
from yiwang.kernel.errors import Defect
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.web.demo.answers import Applicant
from yiwang.web.demo.files import Demo, Entry
from yiwang.web.demo.hours import evening
from yiwang.web.demo.office import Office
from yiwang.web.demo.stories import Story
from yiwang.web.demo.town import Town, week_key
from yiwang.web.demo.worker import OwnWorker, own_worker

ROLE = "mother"


def play(
    demo: Demo, pack: Pack, town: Town, *, until: datetime, say: Callable[[Text], object]
) -> int:
    """Make the week up to a moment; how many matters were begun. What was begun already (by a run
    that was broken off) stays as it is. `say` is told each day as it begins."""
    with own_worker() as worker, _lazy_disk():
        stories = list(stories_of(demo, pack, town, worker, until=until))
        _play(stories, until, say)
    return len(stories)


@contextmanager
def _lazy_disk() -> Iterator[None]:
    """Commits do not wait for the disk one by one: the last one, after this, waits for all."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")


def _play(stories: Iterable[Story], until: datetime, say: Callable[[Text], object]) -> None:
    turns = [story.turns() for story in stories]
    waiting = [(next(one), n) for n, one in enumerate(turns)]
    heapq.heapify(waiting)
    day: date | None = None
    while waiting and waiting[0][0] < until:
        at, n = heapq.heappop(waiting)
        if moment.local(at).date() != day:
            day = moment.local(at).date()
            say(Text(zh=f"{day.month}月{day.day}日", en=f"{day:%d %b}"))
        with moment.at(at):
            goes_on = next(turns[n], None)
        if goes_on is not None:
            heapq.heappush(waiting, (max(goes_on, at + timedelta(seconds=30)), n))


def stories_of(
    demo: Demo, pack: Pack, town: Town, worker: OwnWorker, *, until: datetime
) -> Iterator[Story]:
    """One story for each matter of the week that was not begun yet."""
    met = people_numbered(one.number for one in _parents(town))
    begun = begun_by([one.id for one in met.values()])
    staff = tuple(active_staff())
    for n, entry in enumerate(demo.week.week):
        for place in range(entry.count):
            family = town.families[week_key(n, place)]
            person = met.get(family.mother.number)
            if person is None:
                raise Defect(f"{family.key} of the demo is not in the city")
            if person.id in begun:
                continue
            rng = Random(f"{demo.people.seed} {family.key}")
            yield Story(
                entry=entry,
                applicant=Applicant(family, ROLE, demo.week, rng, worker),
                person=person,
                father=met.get(family.father.number) if family.father else None,
                office=Office(staff, work_calendar(pack), rng, worker),
                pack=pack,
                began=began(rng, entry, place, town.on, until),
                stars=entry.rating[place % len(entry.rating)] if entry.rating else 0,
            )


def _parents(town: Town) -> list:
    families = [one for key, one in town.families.items() if key.startswith("week-")]
    return [parent for one in families for parent in (one.mother, one.father) if parent]


def began(rng: Random, entry: Entry, place: int, on: date, until: datetime) -> datetime:
    """When a matter begins: the days of its line spread evenly, never later than an hour ago."""
    first, last = entry.days_ago
    share = place / (entry.count - 1) if entry.count > 1 else 0.0
    at = evening(rng, on - timedelta(days=round(first + (last - first) * share)))
    return at if at < until - timedelta(hours=1) else at - timedelta(days=1)
