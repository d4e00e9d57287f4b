"""The kind this room owns: calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from yiwang.cases import checks
from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration, Kind, Part


class Holiday(Part):
    """Days off, first and last included."""

    title: Text
    """Its name."""
    first: date
    """The first day off."""
    last: date
    """The last day off."""


class Calendar(Declaration):
    """One year's holidays and make-up working days (调休), from the announcement named."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    """The year."""
    source: Text
    """The announcement the days are taken from."""
    holidays: tuple[Holiday, ...]
    """The days off, weekends among them included."""
    working: tuple[date, ...] = ()
    """The Saturdays and Sundays that are worked."""


KINDS.add(
    "calendar",
    Kind("calendar", "calendars", Calendar, Text(zh="工作日历", en="calendar"), checks.calendars),
)
