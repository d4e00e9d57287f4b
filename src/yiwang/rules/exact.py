"""Numbers and days as every engine counts them.

A whole number has at most 18 digits. A decimal has 6 decimals and at most 13 digits before
the point: each operation is rounded half away from zero, and what does not fit is unknown. Days
lie in the years 1 to 9999.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

PLACES = 6
INTEGER_LIMIT = 10**18
DECIMAL_LIMIT = Decimal(10**13)
MOST_DAYS = 400_000
MOST_MONTHS = 12_000

_context = Context(prec=60, rounding=ROUND_HALF_UP)
_unit = Decimal(1).scaleb(-PLACES)


def whole(value: int) -> int | None:
    """`value` if it has at most 18 digits."""
    return value if -INTEGER_LIMIT < value < INTEGER_LIMIT else None


def exact(value: int | Decimal) -> Decimal | None:
    """`value` with 6 decimals, if it fits."""
    return fixed(Decimal(value), PLACES)


def fixed(value: Decimal, places: int) -> Decimal | None:
    """`value` rounded half away from zero to `places` decimals, if it fits."""
    if not -DECIMAL_LIMIT < value < DECIMAL_LIMIT:
        return None
    unit = _unit if places == PLACES else Decimal(1).scaleb(-places)
    rounded = value.quantize(unit, context=_context)
    return rounded if -DECIMAL_LIMIT < rounded < DECIMAL_LIMIT else None


def plus(left: Decimal, right: Decimal) -> Decimal | None:
    """The sum."""
    return exact(_context.add(left, right))


def minus(left: Decimal, right: Decimal) -> Decimal | None:
    """The difference."""
    return exact(_context.subtract(left, right))


def times(left: Decimal, right: Decimal) -> Decimal | None:
    """The product, rounded."""
    return exact(_context.multiply(left, right))


def divided(left: Decimal, right: Decimal) -> Decimal | None:
    """The quotient, rounded; unknown when divided by zero."""
    return exact(_context.divide(left, right)) if right else None


def whole_plus(left: int, right: int) -> int | None:
    """The sum of whole numbers."""
    return whole(left + right)


def whole_minus(left: int, right: int) -> int | None:
    """The difference of whole numbers."""
    return whole(left - right)


def whole_times(left: int, right: int) -> int | None:
    """The product of whole numbers."""
    return whole(left * right)


def months_between(first: date, second: date) -> int:
    """The greatest n with `add_months(first, n) <= second`: whole months passed.

    Where a month has no such day its last day stands for it (Civil Code of the PRC, art. 202).
    """
    months = (second.year - first.year) * 12 + second.month - first.month
    short = second.day < first.day and second.day < monthrange(second.year, second.month)[1]
    return months - short


def years_between(first: date, second: date) -> int:
    """Whole years passed: months between, divided by 12 and rounded down."""
    return months_between(first, second) // 12


def add_days(day: date, days: int) -> date | None:
    """The day `days` later, if it lies in the years 1 to 9999."""
    if not -MOST_DAYS <= days <= MOST_DAYS:
        return None
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day `months` later, or that month's last day; in the years 1 to 9999."""
    if not -MOST_MONTHS <= months <= MOST_MONTHS:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
