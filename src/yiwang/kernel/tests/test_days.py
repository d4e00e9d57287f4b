"""Days counted by a declared calendar, checked against the holidays of real years."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.days import WorkCalendar

REAL = Path(__file__).parents[5] / "shared" / "data" / "calendar"
GOLDEN_WEEK = WorkCalendar(
    exceptions={date(2026, 10, n): False for n in range(1, 8)} | {date(2026, 10, 10): True},
    covered=frozenset({2026}),
)


def test_working_days_leave_out_the_holidays_and_count_the_make_up_day():
    last = GOLDEN_WEEK.after(date(2026, 9, 30), 3, "working")

    assert last == date(2026, 10, 10)


def test_a_limit_begins_the_day_after():
    assert GOLDEN_WEEK.after(date(2026, 11, 2), 1, "working") == date(2026, 11, 3)
    assert GOLDEN_WEEK.after(date(2026, 11, 2), 0, "working") == date(2026, 11, 2)


def test_a_natural_limit_that_ends_on_a_day_off_ends_on_the_next_working_day():
    assert GOLDEN_WEEK.after(date(2026, 9, 28), 5, "natural") == date(2026, 10, 8)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_what_is_counted_forth_is_counted_back(start, days):
    end = GOLDEN_WEEK.after(start, days, "working")

    assert GOLDEN_WEEK.between(start, end, "working") == days
    assert GOLDEN_WEEK.works(end)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 40))
def test_days_between_are_negative_the_other_way_round(start, days):
    end = start + timedelta(days=days)

    assert GOLDEN_WEEK.between(end, start, "working") == -GOLDEN_WEEK.between(start, end, "working")


@pytest.mark.skipif(not REAL.exists(), reason="the real calendars are not beside the checkout")
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_city_calendar_agrees_with_the_announced_one(year):
    days = json.loads((REAL / f"{year}.json").read_text())["days"]
    exceptions = {date.fromisoformat(one["date"]): not one["isOffDay"] for one in days}
    calendar = WorkCalendar(exceptions, frozenset({year}))

    for day, works in exceptions.items():
        assert calendar.works(day) == works
