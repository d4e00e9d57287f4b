"""How grants are used: reads over time, by what each reading was granted. Nobody's data."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from yiwang.kernel import moment
from yiwang.registers.declarations import Grant, Register
from yiwang.registers.models import GivenGrant

WEEKS = 8

SHAPES = """
    -- Reads that moved data since a day, by register, by what was granted, by week.
    SELECT register, granted, given, date_trunc('week', asked_at AT TIME ZONE %s)::date AS week,
           count(*), count(DISTINCT root), max(asked_at)::date
    FROM registers_reading
    WHERE act IS NOT NULL AND asked_at >= %s AND register = ANY(%s)
    GROUP BY register, granted, given, week
"""


@dataclass(frozen=True)
class Shape:
    """Reads of one kind in one week: `granted` maps columns to departments."""

    register: str
    granted: dict[str, list[str]]
    given: tuple[UUID, ...]
    week: date
    reads: int
    matters: int
    last: date


@dataclass(frozen=True)
class Use:
    """The use of one grant: reads by week (oldest first), reads, matters, the last day."""

    weeks: tuple[int, ...]
    reads: int
    matters: int
    last: date | None

    @property
    def per_matter(self) -> float:
        """Reads for each matter they were made in."""
        return round(self.reads / self.matters, 1) if self.matters else 0.0


def shapes(registers: Collection[str]) -> list[Shape]:
    """What was read of these registers in the last weeks."""
    zone = str(moment.CITY_ZONE)
    since = _mondays()[0]
    with connection.cursor() as cursor:
        cursor.execute(SHAPES, [zone, since, list(registers)])
        return [Shape(r, _plain(g), tuple(i), *rest) for r, g, i, *rest in cursor.fetchall()]


def use_of_declared(
    grant: Grant, register: Register, found: Iterable[Shape], department: str = ""
) -> Use:
    """Reads a declared grant opened: by its departments (or one of them), of its columns."""

    def counts(who: str) -> bool:
        theirs = grant.to == "*" or who in grant.to
        return theirs and who != register.steward and department in ("", who)

    def opened(one: Shape) -> bool:
        return one.register == register.id and any(
            (grant.columns == "*" or column in grant.columns) and any(map(counts, several))
            for column, several in one.granted.items()
        )

    return _use(one for one in found if opened(one))


def use_of_given(grant: GivenGrant, found: Iterable[Shape]) -> Use:
    """Reads that a given grant opened."""
    return _use(one for one in found if grant.id in one.given)


def _use(found: Iterable[Shape]) -> Use:
    mine = list(found)
    by_week = {monday: 0 for monday in _mondays()}
    for one in mine:
        by_week[one.week] = by_week.get(one.week, 0) + one.reads
    return Use(
        tuple(by_week[monday] for monday in _mondays()),
        sum(one.reads for one in mine),
        sum(one.matters for one in mine),
        max((one.last for one in mine), default=None),
    )


def _mondays() -> list[date]:
    monday = moment.today() - timedelta(days=moment.today().weekday())
    return [monday - timedelta(weeks=n) for n in range(WEEKS - 1, -1, -1)]


def _plain(granted: object) -> dict[str, list[str]]:
    return dict(json.loads(granted) if isinstance(granted, str) else granted)  # type: ignore[call-overload]
