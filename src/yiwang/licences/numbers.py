"""Numbers by a pattern: one sequence a kind (and year, where the pattern has it), so that two who
issue at once never wait for each other."""

from __future__ import annotations

import re

from django.db import connection

from yiwang.kernel.canonical import digest

_LOCK = 0x6C696332  # "lic2": making a sequence, once a year and kind
_SERIAL = re.compile(r"\{serial\b")
_YEAR = re.compile(r"\{year\b")

NEXT = """
    -- The next numbers of a sequence; nothing where there is no such sequence yet.
    SELECT nextval(found) FROM to_regclass(%s) AS found, generate_series(1, %s)
    WHERE found IS NOT NULL
"""


def next_number(pattern: str, *, kind: str, year: int, region: str) -> str:
    """The next number of this kind. Numbers of transactions that fail stay unused.

    The serial begins anew each year where the pattern has `{year}`, else it runs on. Raises
    ValueError for a pattern without `{serial}`: such a number has to be given.
    """
    return next_numbers(1, pattern, kind=kind, year=year, region=region)[0]


def next_numbers(count: int, pattern: str, *, kind: str, year: int, region: str) -> list[str]:
    """The next `count` numbers of this kind, as `next_number` gives them."""
    if not _SERIAL.search(pattern):
        raise ValueError(f"the number of {kind} has no {{serial}}: it must be given")
    name = f"licences_serial_{kind}_{year}" if _YEAR.search(pattern) else f"licences_serial_{kind}"
    serials = _next(connection.ops.quote_name(_short(name)), count)
    return [pattern.format(year=year, region=region, serial=serial) for serial in serials]


def _short(name: str) -> str:
    """PostgreSQL cuts names at 63 bytes; two long ones must stay two."""
    return name if len(name) <= 63 else f"{name[:40]}_{digest(name)[:20]}"


def _next(sequence: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [sequence, count])
        found = cursor.fetchall()
        if not found and count:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence}")
            cursor.execute(NEXT, [sequence, count])
            found = cursor.fetchall()
    return [int(serial) for (serial,) in found]
