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
    first: date
    last: date


class Calendar(Declaration):
    """One year's holidays and make-up working days (调休), from the announcement named."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Text
    holidays: tuple[Holiday, ...]
    working: tuple[date, ...] = ()


KINDS.add(
    "calendar",
    Kind("calendar", "calendars", Calendar, Text(zh="工作日历", en="calendar"), checks.calendars),
)
