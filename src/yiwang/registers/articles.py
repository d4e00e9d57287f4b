"""Articles of a Chinese law, as an English reader finds them: 第七条第一款 is art. 7 para. 1."""

from __future__ import annotations

import re

_PARTS = {"条": "art.", "款": "para.", "项": "item", "章": "chapter", "节": "section"}
_PART = re.compile(
    r"第([零〇一二三四五六七八九十百千\d]+)([条款项章节])(?:之([一二三四五六七八九十]+))?"
)
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def article_in_english(article: str) -> str:
    """`第七条` → `art. 7`, `第一百二十条之一` → `art. 120-1`; what is not such a number stays."""
    words = _PART.sub(_said, article)
    return words.replace("、", ", ").strip()


def _said(found: re.Match[str]) -> str:
    number, part, after = found.groups()
    behind = f"-{_number(after)}" if after else ""
    return f"{_PARTS[part]} {_number(number)}{behind} "


def _number(chars: str) -> int:
    if chars.isdigit() and chars.isascii():
        return int(chars)
    total, digit = 0, 0
    for char in chars:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit
