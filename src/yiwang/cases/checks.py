"""What calendars must satisfy beyond their shape. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.pack import Pack

if TYPE_CHECKING:
    from yiwang.cases.declarations import Calendar, Holiday

Place = tuple[str | int, ...]
LONGEST = 31


def calendars(pack: Pack) -> Iterator[Problem]:
    """Each year once, its days inside it, none both off and worked."""
    seen: dict[int, str] = {}
    for one in cast("Mapping[str, Calendar]", pack.of_kind("calendar")).values():
        first = seen.setdefault(one.year, one.id)
        if first != one.id:
            yield _problem(
                one,
                ("year",),
                "year-twice",
                Text(
                    zh=f"{one.year} 年已经在「{first}」里声明过。",
                    en=f"The year {one.year} is declared already in “{first}”.",
                ),
                Text(zh="合成一个。", en="Make them one."),
            )
        yield from _of_year(one)


def _of_year(one: Calendar) -> Iterator[Problem]:
    off: dict[date, str] = {}
    for n, holiday in enumerate(one.holidays):
        wrong = list(_in_holiday(one, n, holiday))
        yield from wrong
        if not wrong:
            off.update(dict.fromkeys(_days(holiday), holiday.title.zh))
    yield from _in_working(one, off)


def _in_holiday(one: Calendar, n: int, holiday: Holiday) -> Iterator[Problem]:
    span = _span_problem(one, n, holiday)
    if span is not None:
        yield span
    for field, day in (("first", holiday.first), ("last", holiday.last)):
        if day.year != one.year:
            yield _outside(one, ("holidays", n, field), day)


def _in_working(one: Calendar, off: Mapping[date, str]) -> Iterator[Problem]:
    for n, day in enumerate(one.working):
        if day.year != one.year:
            yield _outside(one, ("working", n), day)
        if day in off:
            yield _both(one, n, day, off[day])
        elif day.isoweekday() < 6:
            yield _weekday(one, n, day)


def _days(holiday: Holiday) -> list[date]:
    count = (holiday.last - holiday.first).days + 1
    return [holiday.first + timedelta(days=n) for n in range(count)]


def _span_problem(one: Calendar, n: int, holiday: Holiday) -> Problem | None:
    if 0 <= (holiday.last - holiday.first).days < LONGEST:
        return None
    return _problem(
        one,
        ("holidays", n, "last"),
        "span",
        Text(
            zh=f"从 {holiday.first} 到 {holiday.last} 不是一段假期。",
            en=f"{holiday.first} to {holiday.last} is not a holiday.",
        ),
        Text(
            zh=f"last 不早于 first，一段不超过 {LONGEST} 天。",
            en=f"Let last not come before first, and be at most {LONGEST} days away.",
        ),
    )


def _outside(one: Calendar, place: Place, day: date) -> Problem:
    return _problem(
        one,
        place,
        "outside-the-year",
        Text(zh=f"{day} 不在 {one.year} 年。", en=f"{day} is not in {one.year}."),
        Text(zh="写到那一年的日历里。", en="Write it into the calendar of its year."),
    )


def _both(one: Calendar, n: int, day: date, title: str) -> Problem:
    return _problem(
        one,
        ("working", n),
        "off-and-working",
        Text(
            zh=f"{day} 既是假期（{title}）又是上班日。",
            en=f"{day} is both a day off ({title}) and a working day.",
        ),
        Text(zh="按通知只留一处。", en="Keep the one that the announcement says."),
    )


def _weekday(one: Calendar, n: int, day: date) -> Problem:
    return _problem(
        one,
        ("working", n),
        "works-anyway",
        Text(
            zh=f"{day} 不是周末，本来就上班。",
            en=f"{day} is no weekend day; it is worked anyway.",
        ),
        Text(
            zh="核对日期：调休上班日是周六或周日。",
            en="Check the date: a make-up working day is a Saturday or Sunday.",
        ),
    )


def _problem(one: Calendar, place: Place, code: str, what: Text, remedy: Text) -> Problem:
    return Problem("calendar", one.id, place, what, remedy, code=code)
