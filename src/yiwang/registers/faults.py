"""What is wrong with an answer, in words: which field (`{title}`), why, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from yiwang.kernel.words import Language, Text, speaking
from yiwang.registers.declarations import Element
from yiwang.ui import formats

EMPTY = Text(zh="请填写{title}。", en="{title}: please give an answer.")
TOO_LONG = Text(
    zh="{title}最多 {longest} 个字，请写短一些。",
    en="{title}: at most {longest} characters. Please shorten it.",
)
UNSEEN = Text(
    zh="{title}里有看不见的控制字符，多半是粘贴带来的。请删掉后重新输入。",
    en="{title}: there are invisible control characters, often brought by pasting. "
    "Please delete them and type again.",
)
YES_OR_NO = Text(zh="{title}：请选“是”或“否”。", en="{title}: please choose yes or no.")
NO_DIVISION = Text(
    zh="{title}：没有这个区划，请从列表里选。",
    en="{title}: there is no such division. Please choose one from the list.",
)
WHOLE_NUMBER = Text(
    zh="{title}要填整数，例如 3。", en="{title}: please write a whole number, for example 3."
)
DECIMAL = Text(
    zh="{title}要填数字，例如 3.25。",
    en="{title}: please write a number, for example 3.25.",
)
MONEY = Text(
    zh="{title}要填金额，单位元，最多两位小数，例如 1200.50。",
    en="{title}: please write an amount in yuan with at most two decimal places, "
    "for example 1200.50.",
)
DATE = Text(
    zh="{title}要按“年-月-日”填写，例如 2026-05-01。",
    en="{title}: please write year, month and day, for example 2026-05-01.",
)
NO_SUCH_DAY = Text(
    zh="{title}：日历上没有这一天，请核对月份和日期。",
    en="{title}: there is no such day in the calendar. Please check the month and the day.",
)
LONG_AGO = Text(
    zh="{title}早于 1850 年，请核对年份。",
    en="{title}: this is before 1850. Please check the year.",
)
IDENTITY_NUMBER = Text(
    zh="{title}不对：校验位不符，可能有一位写错了。请对照身份证或户口簿再核对一遍。",
    en="{title}: the check digit does not fit, so one of the characters is probably wrong. "
    "Please compare it with the identity card or household book.",
)
IDENTITY_NUMBER_FUTURE = Text(
    zh="{title}里的出生日期在今天之后，请对照身份证核对。",
    en="{title}: the birth date in it lies in the future. "
    "Please compare it with the identity card.",
)
CREDIT_CODE = Text(
    zh="{title}不是有效的统一社会信用代码（18 位）。请对照营业执照核对。",
    en="{title}: this is not a valid unified social credit code (18 characters). "
    "Please compare it with the business licence.",
)
PHONE = Text(
    zh="{title}不是有效的电话号码。手机填 11 位；座机带区号，例如 0990-1234567；"
    "境外号码以“+”开头。",
    en="{title}: this is not a valid phone number. A mobile number has 11 digits, a landline "
    "needs its area code (0990-1234567), a number abroad begins with “+”.",
)
EMAIL = Text(
    zh="{title}不是有效的邮箱地址，应当像 name@example.cn 这样。",
    en="{title}: this is not a valid e-mail address. It should look like name@example.cn.",
)
BANK_ACCOUNT = Text(
    zh="{title}应当是 12 到 19 位数字。请对照银行卡或存折核对。",
    en="{title}: it should be 12 to 19 digits. Please compare it with the bank card or passbook.",
)


def identity_number_length(length: int) -> Text:
    """An identity number that is not 18 characters long."""
    return Text(
        zh=f"{{title}}应当是 18 位，现在是 {length} 位。请对照身份证核对。",
        en=f"{{title}}: it should have 18 characters; this has {length}. "
        "Please compare it with the identity card.",
    )


def in_future(day: date, on: date) -> Text:
    """A day that must have come already."""
    return _with_days(
        "{{title}}不能晚于今天（{on}），现在填的是 {day}。请改成实际日期。",
        "{{title}}: it cannot be after today ({on}); you wrote {day}. Please give the real date.",
        day=day,
        on=on,
    )


def in_past(day: date, on: date) -> Text:
    """A day that must not have passed."""
    return _with_days(
        "{{title}}不能早于今天（{on}），现在填的是 {day}。请选今天或以后的日期。",
        "{{title}}: it cannot be before today ({on}); you wrote {day}. "
        "Please choose today or a later day.",
        day=day,
        on=on,
    )


def before_another(day: date, another: date, title: Text) -> Text:
    """A day that comes before another it may not come before; `title` is the other's."""
    return _with_days(
        f"{{{{title}}}}不能早于{_quoted(title.zh)}（{{another}}），现在是 {{day}}。"
        "请核对这两个日期。",
        f"{{{{title}}}}: it cannot be before the {_quoted(title.en)} ({{another}}), "
        "and is {day}. Please check both days.",
        day=day,
        another=another,
    )


def after_another(day: date, another: date, title: Text) -> Text:
    """A day that comes after another it may not come after; `title` is the other's."""
    return _with_days(
        f"{{{{title}}}}不能晚于{_quoted(title.zh)}（{{another}}），现在是 {{day}}。"
        "请核对这两个日期。",
        f"{{{{title}}}}: it cannot be after the {_quoted(title.en)} ({{another}}), "
        "and is {day}. Please check both days.",
        day=day,
        another=another,
    )


def out_of_range(element: Element, least: object, greatest: object) -> Text:
    """A number or day beyond its bounds."""
    return Text(
        zh=_range(element, least, greatest, "zh"), en=_range(element, least, greatest, "en")
    )


def choose(element: Element, codes: Iterable[str]) -> Text:
    """Something that is not one of the choices."""
    titles = [element.codes[code] for code in codes if code in element.codes][:8]
    return Text(
        zh="{title}：请从列出的选项里选一个：" + _quoted("、".join(t.zh for t in titles)) + "。",
        en="{title}: please choose one of: " + _quoted(", ".join(t.en for t in titles)) + ".",
    )


def pattern(element: Element) -> Text:
    """A text that has not the shape its element asks for."""
    example = element.ask.example if element.ask else ""
    if not example:
        return Text(
            zh="{title}的格式不对，请对照原件核对。",
            en="{title}: it does not have the right form. Please compare it with the original.",
        )
    return Text(
        zh=f"{{title}}的格式不对，应当像“{_quoted(example)}”这样。",
        en=f"{{title}}: it does not have the right form. It should look like “{_quoted(example)}”.",
    )


def _range(element: Element, least: object, greatest: object, language: Language) -> str:
    with speaking(language):
        low, high = _bound(element, least), _bound(element, greatest)
    zh = language == "zh"
    if low and high:
        return (
            f"{{title}}应当在 {low} 到 {high} 之间，请核对。"
            if zh
            else f"{{title}}: it should be between {low} and {high}. Please check it."
        )
    if low:
        return (
            f"{{title}}不能小于 {low}，请核对。"
            if zh
            else f"{{title}}: it cannot be less than {low}. Please check it."
        )
    return (
        f"{{title}}不能大于 {high}，请核对。"
        if zh
        else f"{{title}}: it cannot be more than {high}. Please check it."
    )


def _bound(element: Element, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return formats.day(value)
    if element.type == "money" and isinstance(value, Decimal | int):
        return formats.money(value)
    return f"{value} {element.unit}" if element.unit else str(value)


def _with_days(zh: str, en: str, **days: date) -> Text:
    with speaking("zh"):
        in_zh = zh.format(**{name: formats.day(day) for name, day in days.items()})
    with speaking("en"):
        in_en = en.format(**{name: formats.day(day) for name, day in days.items()})
    return Text(zh=in_zh, en=in_en)


def _quoted(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
