"""Numbers of bills and receipts: prefix, day, serial and a check digit."""

from __future__ import annotations

from django.db import connection
from stdnum import luhn

from yiwang.identity.declarations import City
from yiwang.kernel import moment
from yiwang.pack.queries import current

BILL = "JF"
RECEIPT = "PJ"


def next_number(kind: str) -> str:
    """A number nothing else has: `JF-JC-20261121-000123-5`, as matters are numbered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payment_serial')")
        serial = int(cursor.fetchone()[0])
    body = f"{moment.today():%Y%m%d}{serial:06d}"
    prefix = current().only(City).case_prefix
    return f"{kind}-{prefix}-{body[:8]}-{body[8:]}-{luhn.calc_check_digit(body)}"
