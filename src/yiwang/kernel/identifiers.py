"""Numbers people and firms carry, and how they are checked.

The check characters come from python-stdnum. Region codes are not looked up: an invented city
uses codes no real person can bear, and a city's own divisions are declared.
"""

from __future__ import annotations

from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2


def is_identity_number(value: str) -> bool:
    """Whether `value` is a well-formed citizen identity number (GB 11643: 18 characters)."""
    if len(value) != 18 or not value[:17].isascii() or not value[:17].isdigit():
        return False
    return birth_date_of(value) is not None and mod_11_2.is_valid(value)


def birth_date_of(identity_number: str) -> date | None:
    """The birth date an identity number carries, None where it carries none."""
    try:
        return date(
            int(identity_number[6:10]), int(identity_number[10:12]), int(identity_number[12:14])
        )
    except ValueError:
        return None


def sex_of(identity_number: str) -> str:
    """`male` or `female`, by the 17th digit."""
    return "male" if int(identity_number[16]) % 2 else "female"


def identity_number(region: str, birth_date: date, serial: int) -> str:
    """A whole identity number: 6-digit region, birth date, 3-digit serial (odd: male)."""
    head = f"{region}{birth_date:%Y%m%d}{serial:03d}"
    return head + mod_11_2.calc_check_digit(head)


ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # characters by their value (GB 11714)
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(kind: str, region: str, body: str) -> str:
    """A whole unified social credit code (GB 32100): two characters of who registers and what, six
    of the region, the eight characters `body` of the organisation code, two check characters."""
    values = [ORGANISATION.index(one) for one in body]
    check = 11 - sum(v * w for v, w in zip(values, WEIGHTS, strict=True)) % 11
    head = f"{kind}{region}{body}" + {10: "X", 11: "0"}.get(check, str(check))
    return head + str(uscc.calc_check_digit(head))


def is_credit_code(value: str) -> bool:
    """Whether `value` is a well-formed unified social credit code (GB 32100: 18 characters)."""
    try:
        return bool(uscc.validate(value) == value)
    except ValidationError:
        return False
