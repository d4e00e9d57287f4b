"""From what a person typed to a value, or to a sentence that says what to do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.registers import faults
from yiwang.registers.bounds import Bounds, intersect
from yiwang.registers.declarations import Element
from yiwang.registers.formats import FORMATS
from yiwang.registers.values import Value

LONGEST = 5000  # characters of any answer
EARLIEST = date(1850, 1, 1)
DIGITS = 12  # of a number before its point, PLACES behind it: what rules count exactly
PLACES = 6

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_DATE_OF_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_YES = frozenset({"yes", "true", "1", "on", "y", "是", "有", "对", "同意"})
_NO = frozenset({"no", "false", "0", "off", "n", "否", "没有", "无", "不是", "不同意"})


@dataclass(frozen=True)
class _Given:
    """One answer on its way: the element, its bounds, the day, the divisions known, the field."""

    element: Element
    bounds: Bounds
    on: date
    known: Container[str] | None
    field: str

    def refuse(self, text: Text) -> BadInput:
        return BadInput(self.field, text.filled(title=self.element.title))


def parse(
    element: Element,
    raw: str,
    *,
    narrow: Bounds | None = None,
    on: date,
    field: str,
    known: Container[str] | None = None,
) -> Value:
    """The value of what a person typed into `field` on the day `on`.

    `narrow` are the bounds departments set (from `intersect`); `known` are ids a division must be
    one of. Full-width digits, spaces and Chinese dates are understood; text is kept as typed
    (NFC, without spaces around). Raises BadInput, which names the element and says what to do.
    """
    given = _Given(element, narrow or intersect(element, ()), on, known, field)
    typed = raw.strip()
    if not typed and element.format == "consent":
        return False
    if not typed:
        raise given.refuse(faults.EMPTY)
    if len(typed) > LONGEST:
        raise given.refuse(faults.TOO_LONG.filled(title="{title}", longest=LONGEST))
    _refuse_unseen(given, typed)
    return _PARSE[element.type](given, typed)


def plain(typed: str) -> str:
    """Full-width digits and letters as ASCII, no spaces inside or around."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def _refuse_unseen(given: _Given, typed: str) -> None:
    allowed = "\n\r\t" if given.element.format in ("long", "address") else ""
    for char in typed:
        if char in allowed:
            continue
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _BIDI:
            raise given.refuse(faults.UNSEEN)


# ---- text and codes ----------------------------------------------------------------------------


def _text(given: _Given, typed: str) -> str:
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n")
    of_format = FORMATS.get(given.element.format)
    if of_format is not None:
        text, fault = of_format(plain(typed), given.on)
        if fault is not None:
            raise given.refuse(fault)
    longest = given.bounds.max_length
    if longest is not None and len(text) > longest:
        raise given.refuse(faults.TOO_LONG.filled(title="{title}", longest=longest))
    if given.element.pattern and not re.fullmatch(given.element.pattern, text):
        raise given.refuse(faults.pattern(given.element))
    if given.element.format == "division" and given.known is not None and text not in given.known:
        raise given.refuse(faults.NO_DIVISION)
    return text


def _code(given: _Given, typed: str) -> str:
    if not given.element.codes:
        return _text(given, typed)
    code = plain(typed)
    by_title = {
        words: id for id, title in given.element.codes.items() for words in (title.zh, title.en)
    }
    chosen = code if code in given.element.codes else by_title.get(typed)
    if chosen is None or chosen not in (given.bounds.codes or ()):
        raise given.refuse(faults.choose(given.element, given.bounds.codes or ()))
    return chosen


def _boolean(given: _Given, typed: str) -> bool:
    word = plain(typed).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise given.refuse(faults.YES_OR_NO)


# ---- numbers and days --------------------------------------------------------------------------


def _number(given: _Given, typed: str, places: int, fault: Text) -> Decimal:
    text = plain(typed)
    for mark in _marks(given.element):
        text = text.removeprefix(mark).removesuffix(mark)
    found = _NUMBER.fullmatch(text)
    if found is None or not text.isascii():
        raise given.refuse(fault)
    sign, whole, fraction = found.groups()
    whole, fraction = whole.replace(",", ""), (fraction or "").rstrip("0")
    if len(fraction) > places or len(whole.lstrip("0")) > DIGITS:
        raise given.refuse(fault)
    return Decimal(f"{sign}{whole}.{fraction or '0'}") if fraction else Decimal(f"{sign}{whole}")


def _marks(element: Element) -> tuple[str, ...]:
    unit = (element.unit.zh, plain(element.unit.en)) if element.unit else ()
    return (*unit, "¥", "元", "CNY", "RMB") if element.type == "money" else unit


def _integer(given: _Given, typed: str) -> int:
    return _within(given, int(_number(given, typed, 0, faults.WHOLE_NUMBER)))


def _decimal(given: _Given, typed: str) -> Decimal:
    return _within(given, _number(given, typed, PLACES, faults.DECIMAL))


def _money(given: _Given, typed: str) -> Decimal:
    return _within(given, _number(given, typed, 2, faults.MONEY))


def _date(given: _Given, typed: str) -> date:
    text = plain(typed)
    found = _DATE.fullmatch(text) or _DATE_OF_DIGITS.fullmatch(text)
    if found is None or not all(part.isascii() for part in found.groups()):
        raise given.refuse(faults.DATE)
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise given.refuse(faults.NO_SUCH_DAY) from None
    if given.element.within == "past" and day > given.on:
        raise given.refuse(faults.in_future(day, given.on))
    if given.element.within == "future" and day < given.on:
        raise given.refuse(faults.in_past(day, given.on))
    if day < EARLIEST:
        raise given.refuse(faults.LONG_AGO)
    return _within(given, day)


def _within(given: _Given, value):  # type: ignore[no-untyped-def]
    least, greatest = given.bounds.min, given.bounds.max
    if (least is not None and value < least) or (greatest is not None and value > greatest):
        raise given.refuse(faults.out_of_range(given.element, least, greatest))
    return value


_PARSE: dict[str, Callable[[_Given, str], Value]] = {
    "text": _text,
    "code": _code,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
}
