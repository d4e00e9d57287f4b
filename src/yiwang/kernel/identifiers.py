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


def is_credit_code(value: str) -> bool:
    """Whether `value` is a well-formed unified social credit code (GB 32100: 18 characters)."""
    try:
        return bool(uscc.validate(value) == value)
    except ValidationError:
        return False
