from __future__ import annotations

from datetime import date

import pytest

from yiwang.cases import checks
from yiwang.cases.declarations import Calendar, Holiday
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack

A = Text(zh="节", en="Feast")


def calendar(id: str = "2026", holidays=(), working=(), year: int = 2026) -> Calendar:
    return Calendar(
        id=id,
        year=year,
        source=A,
        holidays=tuple(Holiday(title=A, first=first, last=last) for first, last in holidays),
        working=working,
    )


def told(*calendars: Calendar) -> list[tuple[tuple, str]]:
    pack = Pack({"calendar": {one.id: one for one in calendars}}, "")
    return [(one.path, one.code) for one in checks.calendars(pack)]


def day(text: str) -> date:
    return date.fromisoformat(text)


FEAST = (day("2026-01-01"), day("2026-01-03"))


def test_a_sound_year_has_no_problem():
    assert told(calendar(holidays=[FEAST], working=[day("2026-01-04")])) == []


@pytest.mark.parametrize(
    ("holiday", "path", "code"),
    [
        (("2026-01-03", "2026-01-01"), ("holidays", 0, "last"), "span"),
        (("2026-01-01", "2026-06-01"), ("holidays", 0, "last"), "span"),
        (("2025-12-31", "2026-01-01"), ("holidays", 0, "first"), "outside-the-year"),
        (("2026-12-31", "2027-01-01"), ("holidays", 0, "last"), "outside-the-year"),
    ],
)
def test_a_holiday_lies_in_its_year_and_ends_after_it_begins(holiday, path, code):
    assert told(calendar(holidays=[(day(holiday[0]), day(holiday[1]))])) == [(path, code)]


@pytest.mark.parametrize(
    ("working", "code"),
    [
        ("2026-01-03", "off-and-working"),
        ("2026-01-05", "works-anyway"),
        ("2027-01-02", "outside-the-year"),
    ],
)
def test_a_make_up_day_is_a_weekend_day_of_the_year_that_is_not_off(working, code):
    assert told(calendar(holidays=[FEAST], working=[day(working)])) == [(("working", 0), code)]


def test_a_year_is_declared_once():
    assert told(calendar("a"), calendar("b")) == [(("year",), "year-twice")]
