from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yiwang.kernel import moment
from yiwang.kernel.words import speaking
from yiwang.ui import formats

LATE = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)  # 02:05 of the next day in the city


def test_days_are_written_as_people_here_write_them():
    with speaking("zh"):
        assert formats.day(date(2026, 11, 2)) == "2026年11月2日"
        assert formats.weekday(date(2026, 11, 21)) == "星期六"
    with speaking("en"):
        assert formats.day(date(2026, 11, 2)) == "2 November 2026"
        assert formats.weekday(date(2026, 11, 21)) == "Saturday"


def test_moments_are_told_on_the_clocks_of_the_city():
    with moment.at(LATE), speaking("zh"):
        assert formats.clock(LATE) == "11月22日 02:05"
        assert formats.day(LATE) == "2026年11月22日"
    with moment.at(LATE), speaking("en"):
        assert formats.clock(LATE) == "22 Nov 02:05"


def test_another_year_is_named():
    with moment.at(LATE), speaking("zh"):
        assert formats.short_day(date(2025, 3, 1)) == "2025年3月1日"
    with moment.at(LATE), speaking("en"):
        assert formats.short_day(date(2025, 3, 1)) == "1 Mar 2025"


def test_nothing_is_written_for_nothing():
    assert [formats.day(None), formats.clock(None), formats.short_day(None)] == ["", "", ""]
    assert formats.money(None) == ""


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (1234, "¥1,234.00"),
        (Decimal("0.005"), "¥0.01"),
        ("1234567.8", "¥1,234,567.80"),
        (-12, "-¥12.00"),
        (0.1, "¥0.10"),
    ],
)
def test_money_has_two_places_and_parted_thousands(amount, written):
    assert formats.money(amount) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (12, "12 B"),
        (820_000, "820 KB"),
        (999_700, "1 MB"),
        (10_000_000, "10 MB"),
        (3_440_000, "3.4 MB"),
    ],
)
def test_sizes(count, written):
    assert formats.size(count) == written


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张华", "张*"),
        ("张晓华", "张*华"),
        ("欧阳晓华", "欧**华"),
        ("张", "张"),
        ("Jane Doe", "J*** D**"),
        ("", ""),
    ],
)
def test_names_show_first_and_last_character_only(name, masked):
    assert formats.masked_name(name) == masked


def test_numbers_show_their_ends_only():
    assert formats.masked_number("99010119880101123X") == "9901**********123X"
    assert formats.masked_number("12345678") == "********"
    assert formats.masked_phone("13800001234") == "138****1234"
    assert formats.masked_phone("12345") == "*****"
