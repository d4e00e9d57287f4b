"""How long matters took, worked out from acts in the lake. No person, no case is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from yiwang.kernel import moment
from yiwang.kernel.days import WorkCalendar
from yiwang.lake.queries import PURPOSES, Purpose, query
from yiwang.services.effort import Measure

NAME = "effect"
SLACK = timedelta(days=1)  # a day of the city's begins before that of the log

MEASURE = """
    -- Each matter from when its office could begin to its last decision, by what it is about.
    WITH stood AS (
        SELECT position, "case", root, what, by_kind, purpose,
               CAST(timezone($zone, "at") AS DATE) AS on_day
        FROM acts WHERE "case" IS NOT NULL
    ), sent AS (
        SELECT "case", any_value(root) AS root, any_value(purpose) AS purpose,
               min(on_day) AS sent_on, arg_min(by_kind, position) AS sent_by
        FROM stood WHERE what IN ('case.sent', 'case.submitted', 'case.tried_again')
            AND purpose <> ''
        GROUP BY "case"
    ), begun AS (
        SELECT "case", max(on_day) AS begun_on FROM stood WHERE what = 'case.begun' GROUP BY "case"
    ), ended AS (
        SELECT "case", max(on_day) AS ended_on, arg_max(what, position) AS ended_as,
               arg_max(by_kind, position) AS ended_by
        FROM stood WHERE what IN
            ('case.granted', 'case.refused', 'case.not_accepted', 'case.withdrawn', 'case.closed')
        GROUP BY "case"
    ), waited AS (
        -- From asking a person for something until it came; the whole of a bundle waits as a part.
        SELECT "case", root, what, on_day AS from_day,
               lead(on_day) OVER (PARTITION BY "case" ORDER BY position) AS until_day
        FROM stood WHERE list_contains($stops, what) OR list_contains($goes, what)
    ), stopped AS (
        SELECT "case" AS whose, from_day, until_day FROM waited
        WHERE list_contains($stops, what) AND until_day IS NOT NULL
        UNION
        SELECT root, from_day, until_day FROM waited
        WHERE list_contains($stops, what) AND until_day IS NOT NULL
    ), apart AS (
        -- Days of waiting that no earlier waiting of the same matter covers.
        SELECT whose, until_day, greatest(from_day, coalesce(max(until_day) OVER (
            PARTITION BY whose ORDER BY from_day, until_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), from_day)) AS from_day
        FROM stopped
    ), waiting AS (
        SELECT whose, CAST(sum(greatest(0, until_n.worked - from_n.worked)) AS BIGINT) AS worked
        FROM apart JOIN days AS from_n ON from_n.day = from_day
            JOIN days AS until_n ON until_n.day = until_day
        GROUP BY whose
    ), matters AS (
        SELECT sent.purpose, sent_by, ended_as, ended_by, ended_on IS NOT NULL AS over,
               waiting.worked IS NOT NULL AS asked,
               last_n.worked - first_n.worked - coalesce(waiting.worked, 0) AS worked,
               ended_on - sent_on AS whole
        FROM sent LEFT JOIN begun USING ("case") LEFT JOIN ended USING ("case")
            LEFT JOIN waiting ON waiting.whose = sent."case"
            LEFT JOIN days AS first_n ON first_n.day = coalesce(begun_on, sent_on)
            LEFT JOIN days AS last_n ON last_n.day = ended_on
        WHERE sent_on BETWEEN $since AND $until
    )
    SELECT purpose AS what, count(*) AS sent, count(*) FILTER (over) AS ended,
        count(*) FILTER (ended_as IN ('case.granted', 'case.closed')) AS granted,
        count(*) FILTER (ended_as = 'case.granted' AND ended_by = 'rule') AS at_once,
        count(*) FILTER (asked) AS asked_more,
        count(*) FILTER (sent_by = 'staff') AS at_counter,
        quantile_disc(worked, 0.5) FILTER (over AND ended_as <> 'case.withdrawn') AS median_days,
        quantile_disc(worked, 0.9) FILTER (over AND ended_as <> 'case.withdrawn') AS p90_days,
        quantile_disc(whole, 0.5) FILTER (over AND ended_as <> 'case.withdrawn') AS median_whole
    FROM matters GROUP BY purpose ORDER BY purpose
"""
STOPS = ["case.more_asked", "payment.due"]
GOES = ["case.supplied", "payment.made"]


def declare_purpose() -> None:
    """Say once why the lake is asked, and for which columns."""
    columns = ("position", "what", "at", "by_kind", "case", "root", "purpose")
    PURPOSES.add(NAME, Purpose("how long matters take", {"acts": columns}))


def measures(since: date, until: date, calendar: WorkCalendar) -> list[Measure]:
    """What the matters sent from `since` to `until` took, as far as the lake has come."""
    rows = query(
        MEASURE,
        purpose=NAME,
        values={
            "since": since, "until": until, "zone": str(moment.CITY_ZONE), "stops": STOPS,
            "goes": GOES,
        },
        tables={"days": _days(since, calendar)},
    )  # fmt: skip
    return [Measure(**row) for row in rows.iter_rows(named=True)]


def _days(since: date, calendar: WorkCalendar) -> pl.DataFrame:
    """Every day with the number of working days up to it."""
    days = list(_from(since - SLACK, moment.today() + SLACK))
    worked = pl.Series("worked", [int(calendar.works(day)) for day in days]).cum_sum()
    return pl.DataFrame({"day": days, "worked": worked})


def _from(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
