"""How dates, money, numbers and names are written for people here.

Each function gives plain text in the language being spoken.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from yiwang.kernel import moment
from yiwang.kernel.words import spoken

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HIDDEN = "*"


def day(value: date | datetime | None) -> str:
    """`2026年11月21日`, `21 November 2026`; empty for None."""
    if value is None:
        return ""
    on = day_of(value)
    if spoken() == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(value: date | datetime | None) -> str:
    """`11月21日`, `21 Nov`; with the year where it is not this year's."""
    if value is None:
        return ""
    on = day_of(value)
    year = on.year != moment.today().year
    if spoken() == "zh":
        return f"{on.year}年{on.month}月{on.day}日" if year else f"{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1][:3]}" + (f" {on.year}" if year else "")


def clock(value: datetime | None) -> str:
    """`11月21日 14:05`, `21 Nov 14:05`, on the clocks of the city; empty for None."""
    if value is None:
        return ""
    return f"{short_day(value)} {moment.local(value):%H:%M}"


def weekday(value: date | datetime) -> str:
    """`星期六`, `Saturday`."""
    index = day_of(value).weekday()
    return f"星期{WEEKDAYS_ZH[index]}" if spoken() == "zh" else WEEKDAYS_EN[index]


def money(value: Decimal | int | float | str | None) -> str:
    """Yuan with two places and thousands parted: `¥1,234.00`; empty for None."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,}"


def size(count: int) -> str:
    """Bytes as people say them: `820 KB`, `3.4 MB`."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f}".removesuffix(".0") + " MB"


def masked_name(name: str) -> str:
    """The first and last character only: `张*华`, `张*`; words of a Latin name: `J*** D**`."""
    if not name:
        return ""
    if name.isascii():
        return " ".join(word[0] + HIDDEN * (len(word) - 1) for word in name.split())
    if len(name) <= 2:
        return name[0] + HIDDEN * (len(name) - 1)
    return name[0] + HIDDEN * (len(name) - 2) + name[-1]


def masked_number(number: str) -> str:
    """The first and last four characters only: `9901**********123X`; short ones wholly hidden."""
    if len(number) <= 8:
        return HIDDEN * len(number)
    return number[:4] + HIDDEN * (len(number) - 8) + number[-4:]


def masked_phone(number: str) -> str:
    """The first three and last four digits only: `138****1234`."""
    if len(number) <= 7:
        return HIDDEN * len(number)
    return number[:3] + HIDDEN * (len(number) - 7) + number[-4:]


def day_of(value: date | datetime) -> date:
    """The day in the city."""
    return moment.local(value).date() if isinstance(value, datetime) else value
