"""Numbers and days, value by value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.rules import exact


def test_rounding_is_half_away_from_zero():
    assert exact.fixed(Decimal("2.345"), 2) == Decimal("2.35")
    assert exact.fixed(Decimal("-2.345"), 2) == Decimal("-2.35")
    assert exact.divided(Decimal(2), Decimal(3)) == Decimal("0.666667")
    assert exact.divided(Decimal(-1), Decimal(2_000_000)) == Decimal("-0.000001")


def test_what_does_not_fit_is_unknown():
    assert exact.times(Decimal(10**7), Decimal(10**6)) is None
    assert exact.plus(Decimal("9999999999999.999999"), Decimal("0.000001")) is None
    assert exact.whole_times(10**9, 10**9) is None
    assert exact.divided(Decimal(1), Decimal(0)) is None


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 3, 31), date(2026, 2, 28), -1),
        (date(2026, 3, 31), date(2026, 2, 27), -2),
        (date(2026, 5, 2), date(2026, 5, 1), -1),
        (date(2026, 5, 2), date(2026, 5, 2), 0),
    ],
)
def test_whole_months_have_passed(first, second, months):
    assert exact.months_between(first, second) == months


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.dates(date(1500, 1, 1), date(2400, 1, 1)), st.dates(date(1500, 1, 1), date(2400, 1, 1)))
def test_months_between_is_the_greatest_number_that_fits(first, second):
    months = exact.months_between(first, second)

    assert exact.add_months(first, months) <= second < exact.add_months(first, months + 1)


def test_days_outside_the_calendar_are_unknown():
    assert exact.add_days(date(9999, 12, 31), 1) is None
    assert exact.add_months(date(1, 1, 31), -1) is None
    assert exact.add_days(date(2026, 1, 1), 400_001) is None
    assert exact.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
