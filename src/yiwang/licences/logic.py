"""How long a licence holds. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from yiwang.licences.declarations import Validity


def last_day(valid: Validity, on: date) -> date | None:
    """The last day of a licence issued on `on`; None: it holds for good.

    The same day of the month, or the month's last where it has none (29 February).
    """
    months = 12 * (valid.years or 0) + (valid.months or 0)
    if not months:
        return None
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
