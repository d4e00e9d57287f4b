"""When people do things: offices on working days, parents at noon and in the evening. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from yiwang.kernel.days import WorkCalendar
from yiwang.kernel.moment import CITY_ZONE, local

MORNING, NOON, AFTER_NOON, CLOSING = time(9), time(12), time(13, 30), time(16, 50)


def evening(rng: Random, day: date) -> datetime:
    """A moment at which parents have time: mostly the evening, sometimes noon."""
    at = time(12) if rng.random() < 0.25 else time(rng.randint(19, 21))
    begins = datetime.combine(day, at, tzinfo=CITY_ZONE)
    return begins + timedelta(minutes=rng.randint(0, 59), seconds=rng.randint(0, 59))


def in_office(rng: Random, after: datetime, calendar: WorkCalendar) -> datetime:
    """A moment in office hours, a quarter of an hour to five hours later."""
    return within(rng, after + timedelta(minutes=rng.randint(15, 300)), calendar)


def within(rng: Random, at: datetime, calendar: WorkCalendar) -> datetime:
    """`at` itself, or soon after the offices open again."""
    here = local(at)
    late = timedelta(minutes=rng.randint(1, 100), seconds=rng.randint(0, 59))
    day, clock = here.date(), here.time()
    if calendar.works(day) and clock < MORNING:
        return datetime.combine(day, MORNING, tzinfo=CITY_ZONE) + late
    if calendar.works(day) and NOON <= clock < AFTER_NOON:
        return datetime.combine(day, AFTER_NOON, tzinfo=CITY_ZONE) + late
    if calendar.works(day) and clock < CLOSING:
        return here
    day += timedelta(days=1)
    while not calendar.works(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=CITY_ZONE) + late
