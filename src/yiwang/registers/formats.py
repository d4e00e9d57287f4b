"""Formats of text with rules of their own: numbers of people and firms, phones, accounts.

Each takes the answer without spaces and the day, and gives the text to keep and what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from yiwang.kernel.identifiers import birth_date_of, is_credit_code, is_identity_number
from yiwang.kernel.words import Text
from yiwang.registers import faults

Checked = tuple[str, Text | None]

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}")
_ABROAD = re.compile(r"\+(?!86)\d{7,15}")
_ACCOUNT = re.compile(r"\d{12,19}")
_DASHES = str.maketrans("", "", "-‐‑–—()·")
_email = EmailValidator()


def _identity_number(typed: str, on: date) -> Checked:
    number = typed.translate(_DASHES).upper()
    if len(number) != 18:
        return number, faults.identity_number_length(len(number))
    if not is_identity_number(number):
        return number, faults.IDENTITY_NUMBER
    born = birth_date_of(number)
    return number, faults.IDENTITY_NUMBER_FUTURE if born and born > on else None


def _credit_code(typed: str, on: date) -> Checked:
    code = typed.translate(_DASHES).upper()
    return code, None if is_credit_code(code) else faults.CREDIT_CODE


def _phone(typed: str, on: date) -> Checked:
    number = typed.translate(_DASHES)
    number = re.sub(r"^(\+86|0086)", "", number)
    known = number.isascii() and any(p.fullmatch(number) for p in (_MOBILE, _LANDLINE, _ABROAD))
    return number, None if known else faults.PHONE


def _email_address(typed: str, on: date) -> Checked:
    try:
        _email(typed)
    except ValidationError:
        return typed, faults.EMAIL
    return typed, None if len(typed) <= 254 else faults.EMAIL


def _bank_account(typed: str, on: date) -> Checked:
    # No check digit: cards have one (Luhn), passbook accounts of many banks have none.
    number = typed.translate(_DASHES)
    known = number.isascii() and _ACCOUNT.fullmatch(number)
    return number, None if known else faults.BANK_ACCOUNT


FORMATS: dict[str, Callable[[str, date], Checked]] = {
    "identity-number": _identity_number,
    "credit-code": _credit_code,
    "phone": _phone,
    "email": _email_address,
    "bank-account": _bank_account,
}
