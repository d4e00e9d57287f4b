"""Numbers of licences: one sequence a kind and year, so that two who issue never wait."""

from __future__ import annotations

import re

from django.db import connection

_LOCK = 0x6C696332  # "lic2": making a sequence, once a year and kind
_SERIAL = re.compile(r"\{serial(?::0?(\d+))?\}")

NEXT = """
    -- The next number of the sequence, NULL where there is none yet.
    SELECT CASE WHEN to_regclass(%s) IS NULL THEN NULL ELSE nextval(%s::text::regclass) END
"""


def next_number(pattern: str, *, kind: str, year: int, region: str) -> str:
    """The next number of this kind and year. Numbers of transactions that fail stay unused."""
    if not _SERIAL.search(pattern):
        raise ValueError(f"the number of {kind} has no {{serial}}: it must be given")
    return pattern.format(year=year, region=region, serial=_next(kind, year))


def _next(kind: str, year: int) -> int:
    name = f"licences_serial_{kind}_{year}"[-63:]
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [quoted, quoted])
        serial = cursor.fetchone()[0]
        if serial is None:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {quoted}")
            cursor.execute(NEXT, [quoted, quoted])
            serial = cursor.fetchone()[0]
    return int(serial)
