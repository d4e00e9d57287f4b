"""Telephone numbers in what was published as a telephone number, and in what was not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_ELSEWHERE = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.]+@[\w.]+", re.ASCII)
_DASH = r"[-–—\s]*"
_AREA = rf"[(]?(?:\+?86{_DASH}(?=[1-9])|(?=0))(0?\d{{2,3}})[)]?{_DASH}"
_PRESS = r"(?:(?:转|[-–—]+)(\d{1,6}))?"
_LINE = re.compile(rf"(?<![\w.]){_AREA}([2-9]\d{{3}}\s?\d{{3,4}}){_PRESS}(?!\d)", re.ASCII)
_BARE = re.compile(rf"(?<![\w.-])([2-9]\d{{6,7}}){_PRESS}(?![\d:])", re.ASCII)
_MOBILE = re.compile(r"(?<![\w.])(1[3-9]\d{9})(?!\d)", re.ASCII)
_FREE = re.compile(rf"(?<![\w.])([48]00){_DASH}(\d{{3,4}}){_DASH}(\d{{3,4}})(?!\d)", re.ASCII)
_HOTLINE = re.compile(
    rf"(?<![\w.])(?:[(]?0\d{{2,3}}[)]?{_DASH})?(1[12]\d{{1,3}}|9[56]\d{{3,4}})"
    r"((?:[-–—]\d){0,3})(?!\d)",
    re.ASCII,
)
_CUT_SHORT = re.compile(r"(?<![\w.])0\d{2,3}[-–—]+\d+", re.ASCII)


@dataclass(frozen=True)
class Phone:
    """One number: its digits with the area code, what to press after it, and of what sort.

    A hotline is one number for many offices (12345): nobody of this office answers it.
    """

    digits: str
    extension: str = ""
    sort: Literal["line", "mobile", "free", "hotline", "no-area"] = "line"


def phones(text: str) -> tuple[Phone, ...]:
    """The telephone numbers in a text, in its order, each once. A number without area code has
    that of the number before it."""
    return tuple(dict.fromkeys(_read(text)[0]))


def own(text: str) -> tuple[Phone, ...]:
    """The numbers that reach an office itself, hotlines left out."""
    return tuple(one for one in phones(text) if one.sort != "hotline")


def broken(text: str) -> tuple[str, ...]:
    """What looks like a number and has too many or too few digits for one."""
    left = _read(text)[1]
    short = [one[0] for one in _LINE.finditer(_clean(text)) if _too_short(one[1], _digits(one[2]))]
    return tuple(dict.fromkeys([*(one[0] for one in _CUT_SHORT.finditer(left)), *short]))


def _too_short(area: str, local: str) -> bool:
    """Numbers of the areas with the shortest codes (010, 02x) have eight digits."""
    return len(area.lstrip("0")) == 2 and len(local) == 7


def _clean(text: str) -> str:
    return _ELSEWHERE.sub(" ", unicodedata.normalize("NFKC", text))


def _read(text: str) -> tuple[list[Phone], str]:
    """The numbers of a text, and the text with # in their place."""
    left, found, area = _clean(text), [], ""
    for pattern, sort in _SORTS:
        for match in pattern.finditer(left):
            found.append((match.start(), sort, match))
            left = left[: match.start()] + "#" * len(match[0]) + left[match.end() :]
    made = []
    for _, sort, match in sorted(found, key=lambda one: one[0]):
        if sort == "line":
            area = "0" + match[1].lstrip("0")
        made.append(_phone(sort, match, area))
    return made, left


def _phone(sort: str, match: re.Match[str], area: str) -> Phone:
    if sort == "line":
        return Phone(area + _digits(match[2]), match[3] or "")
    if sort == "no-area":
        return Phone(area + match[1], match[2] or "", "line" if area else "no-area")
    if sort == "hotline":
        return Phone(match[1], _digits(match[2]), "hotline")
    return Phone(_digits(match[0]), sort="free" if sort == "free" else "mobile")


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


_SORTS = (
    (_FREE, "free"),
    (_MOBILE, "mobile"),
    (_LINE, "line"),
    (_HOTLINE, "hotline"),
    (_BARE, "no-area"),
)
