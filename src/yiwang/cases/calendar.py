"""The city's working calendar, from the pack in force."""

from __future__ import annotations

from datetime import date, timedelta

from yiwang.cases.declarations import Calendar
from yiwang.kernel import moment
from yiwang.kernel.canonical import digest
from yiwang.kernel.days import Count, WorkCalendar
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current


def work_calendar(pack: Pack) -> WorkCalendar:
    """All declared years as one calendar."""
    return pack.memo("work calendar", _build)


def days_left(due: date, count: Count = "working") -> int:
    """Days from today until `due`, counted after today; 0 only on the very day, negative once it
    is past, even where only days off lie between."""
    today = moment.today()
    left = work_calendar(current()).between(today, due, count)
    if left == 0 and due != today:
        return 1 if due > today else -1
    return left


def calendar_hash(pack: Pack) -> str:
    """What identifies the calendar a decision was counted by."""
    return pack.memo(
        "calendar hash",
        lambda p: digest({k: v.model_dump(mode="json") for k, v in p.all(Calendar).items()}),
    )


def _build(pack: Pack) -> WorkCalendar:
    exceptions: dict[date, bool] = {}
    years = pack.all(Calendar).values()
    for year in years:
        for holiday in year.holidays:
            for n in range((holiday.last - holiday.first).days + 1):
                exceptions[holiday.first + timedelta(days=n)] = False
        exceptions.update(dict.fromkeys(year.working, True))
    return WorkCalendar(exceptions, frozenset(year.year for year in years))
