"""Case numbers: prefix, day, serial and a check digit, so that a misread digit is noticed."""

from __future__ import annotations

from django.db import connection
from stdnum import luhn

from yiwang.identity.declarations import City
from yiwang.kernel import moment
from yiwang.pack.pack import Pack


def next_number(pack: Pack) -> str:
    """A number no case has: `JC-20261121-000123-5`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_serial')")
        serial = int(cursor.fetchone()[0])
    body = f"{moment.today():%Y%m%d}{serial:06d}"
    prefix = pack.only(City).case_prefix
    return f"{prefix}-{body[:8]}-{body[8:]}-{luhn.calc_check_digit(body)}"
