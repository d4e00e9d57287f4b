"""The white list of functions: what each takes, gives and means.

Every engine renders each of them (`closures`, `engines`, `frames`); a test compares the lists,
and another one asks that docs/reference/rules.md explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.words import Text


@dataclass(frozen=True)
class Function:
    """`takes` are kinds of arguments: date, number, integer, words, or `same` for any number
    of comparable values; a kind in angle brackets must be written out, not read.

    `gives` is a type, or `wider` for the widest type among the arguments. `words` has a place
    for each argument; `unit` follows a number it is compared with.
    """

    takes: tuple[str, ...]
    gives: str
    meaning: str
    words: Text
    unit: Text | None = None
    many: bool = False


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


_YEARS, _MONTHS = _text("年", "years"), _text("个月", "months")
_DAYS = _text("天", "days")
FUNCTIONS: dict[str, Function] = {
    "today": Function((), "date", "the day on which the rule is decided", _text("当天", "today")),
    "age": Function(
        ("date",),
        "integer",
        "full years from a birth date to today; the birthday counts as reached",
        _text("按{0}计算的年龄", "the age by {0}"),
        _text("周岁", "years"),
    ),
    "years_between": Function(
        ("date", "date"),
        "integer",
        "whole years passed from the first day to the second",
        _text("从{0}到{1}的整年数", "the whole years from {0} to {1}"),
        _YEARS,
    ),
    "months_between": Function(
        ("date", "date"),
        "integer",
        "whole months passed: the greatest n with add_months(first, n) <= second",
        _text("从{0}到{1}的整月数", "the whole months from {0} to {1}"),
        _MONTHS,
    ),
    "days_between": Function(
        ("date", "date"),
        "integer",
        "second day minus first day",
        _text("从{0}到{1}的天数", "the days from {0} to {1}"),
        _DAYS,
    ),
    "add_days": Function(
        ("date", "integer"),
        "date",
        "the day so many days later (at most 400,000 either way)",
        _text("{0}之后第{1}天", "{1} days after {0}"),
    ),
    "add_months": Function(
        ("date", "integer"),
        "date",
        "the same day so many months later, or the month's last day (at most 12,000 either way)",
        _text("{0}之后{1}个月的对应日", "{1} months after {0}"),
    ),
    "year": Function(
        ("date",), "integer", "the calendar year", _text("{0}的年份", "the year of {0}")
    ),
    "month": Function(
        ("date",), "integer", "the month, 1 to 12", _text("{0}的月份", "the month of {0}")
    ),
    "day": Function(
        ("date",),
        "integer",
        "the day of the month, 1 to 31",
        _text("{0}是当月几日", "the day of the month of {0}"),
    ),
    "length": Function(
        ("words",),
        "integer",
        "how many characters (Unicode code points)",
        _text("{0}的字数", "the length of {0}"),
        _text("个字符", "characters"),
    ),
    "lower": Function(
        ("words",),
        "text",
        "the letters A to Z made small; nothing else changes",
        _text("{0}（不分大小写）", "{0} in small letters"),
    ),
    "starts_with": Function(
        ("words", "words"),
        "boolean",
        "whether the first text begins with the second",
        _text("{0}以{1}开头", "{0} starts with {1}"),
    ),
    "substring": Function(
        ("words", "<integer>", "<integer>"),
        "text",
        "characters from a place (counted from 1) and how many; both written out",
        _text("{0}从第{1}个字起的{2}个字", "{2} characters of {0} from number {1}"),
    ),
    "concat": Function(
        ("words",), "text", "texts joined; unknown when one is", _text("{0}", "{0}"), many=True
    ),
    "least": Function(
        ("same",),
        "wider",
        "the smallest; unknown when one is",
        _text("{0}中最小的", "the least of {0}"),
        many=True,
    ),
    "greatest": Function(
        ("same",),
        "wider",
        "the greatest; unknown when one is",
        _text("{0}中最大的", "the greatest of {0}"),
        many=True,
    ),
    "abs": Function(
        ("number",),
        "wider",
        "the number without its sign",
        _text("{0}的绝对值", "the absolute value of {0}"),
    ),
    "round": Function(
        ("number", "<integer>"),
        "decimal",
        "rounded half up (away from zero) to 0 to 6 decimals, written out",
        _text("{0}（四舍五入到{1}位小数）", "{0} rounded to {1} decimals"),
    ),
}
