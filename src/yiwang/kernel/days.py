"""Working-day arithmetic by a declared calendar.

A limit of n days begins on the day after the event (Civil Code of the PRC, art. 201) and ends
with its last day; working days leave out weekends and holidays and count make-up days (调休).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Count = Literal["working", "natural"]


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked.

    `exceptions` maps a day to True (worked although a weekend) or False (off although a weekday);
    `covered` are the years whose holidays are known: other years fall back to plain weekends.
    """

    exceptions: Mapping[date, bool]
    covered: frozenset[int]
    weekend: frozenset[int] = frozenset({6, 7})

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        known = self.exceptions.get(day)
        return day.isoweekday() not in self.weekend if known is None else known

    def after(self, start: date, days: int, count: Count) -> date:
        """The last day of a limit of `days` that begins the day after `start`.

        A natural limit that ends on a day off ends on the next working day (Civil Code art. 203).
        """
        if count == "working":
            return self._step(start, days)
        end = start + timedelta(days=days)
        while not self.works(end):
            end += timedelta(days=1)
        return end

    def between(self, start: date, end: date, count: Count) -> int:
        """Days counted after `start` up to and with `end`; negative when `end` lies before."""
        if end < start:
            return -self.between(end, start, count)
        span = (end - start).days
        if count == "natural":
            return span
        return sum(self.works(start + timedelta(days=n)) for n in range(1, span + 1))

    def _step(self, start: date, days: int) -> date:
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.works(day)
        return day
