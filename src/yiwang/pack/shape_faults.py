"""What a value of the wrong shape is told: pydantic's findings in our own sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.references import Place, fields, models_at


def problems(
    kind: str, id: str, model: type[BaseModel], value: object, fault: ValidationError
) -> list[Problem]:
    """One problem for each place of `value` that does not have the declared shape."""
    grouped: dict[Place, list[ErrorDetails]] = {}
    for error in fault.errors(include_url=False):
        grouped.setdefault(_place(error["loc"], value), []).append(error)
    made = []
    for place, errors in grouped.items():
        if _tried_as_something_else(errors) and _deeper(place, grouped):
            continue
        what, remedy = _sentence(errors, place, model)
        made.append(Problem(kind, id, place, what, remedy, code=errors[0]["type"]))
    return made


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The known word nearest to a wrong one, empty where none is near."""
    near = get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:40]}…"


def _place(loc: tuple[int | str, ...], value: object) -> Place:
    """Where in the written value an error lies: pydantic's names of union members left out."""
    place: list[int | str] = []
    here: Any = value
    for n, step in enumerate(loc):
        if _holds(here, step):
            place.append(step)
            here = here[step]
        elif isinstance(here, dict) and n == len(loc) - 1 and step != "[key]":
            place.append(step)
    return tuple(place)


def _holds(value: object, step: int | str) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _tried_as_something_else(errors: list[ErrorDetails]) -> bool:
    """Whether the errors only say that a member of a union is of another type altogether."""
    return all(one["type"].endswith("_type") or one["type"] == "literal_error" for one in errors)


def _deeper(place: Place, grouped: Iterable[Place]) -> bool:
    return any(len(other) > len(place) and other[: len(place)] == place for other in grouped)


def _sentence(
    errors: list[ErrorDetails], place: Place, model: type[BaseModel]
) -> tuple[Text, Text]:
    error = errors[0]
    if error["type"] in ("missing", "extra_forbidden"):
        name = str(place[-1]) if place else ""
        owners = models_at(model, place[:-1])
        return _missing(name, owners) if error["type"] == "missing" else _unknown(name, owners)
    what, wanted = _wrong(error), [_wanted(one) for one in errors]
    return what, Text(
        zh="，或".join(dict.fromkeys(one.zh for one in wanted)) + "。",
        en=", or ".join(dict.fromkeys(one.en for one in wanted)) + ".",
    )


def _missing(name: str, owners: list[type[BaseModel]]) -> tuple[Text, Text]:
    if owners and owners[0] is Text:
        language = {"zh": "中文", "en": "英文"}.get(name, name)
        return (
            Text(zh=f"缺少{language}。", en=f"The words in “{name}” are missing."),
            Text(
                zh="中英文都要写：{zh: 出生, en: Birth}。",
                en="Write both languages: {zh: 出生, en: Birth}.",
            ),
        )
    return (
        Text(zh=f"缺少必填的「{name}」。", en=f"The required field “{name}” is missing."),
        Text(zh=f"加上「{name}: …」。", en=f"Add “{name}: …”."),
    )


def _unknown(name: str, owners: list[type[BaseModel]]) -> tuple[Text, Text]:
    known = [field for owner in owners for field in fields(owner)]
    near = did_you_mean(name, known)
    listed = "、".join(known)
    return (
        Text(zh=f"没有「{name}」这个字段。", en=f"There is no field “{name}” here."),
        Text(
            zh=(f"是不是「{near}」？" if near else "") + f"这里可以写：{listed}。",
            en=(f"Did you mean “{near}”? " if near else "")
            + f"Fields here are: {', '.join(known)}.",
        ),
    )


def _wrong(error: ErrorDetails) -> Text:
    given = error["input"]
    if given is None:
        return Text(zh="这里没有值。", en="There is no value here.")
    if isinstance(given, dict):
        return Text(zh="这里写成了一组「名称: 值」。", en="Here stands a group of “name: value”.")
    if isinstance(given, list | tuple) and not error["type"].startswith("too_"):
        return Text(zh="这里写成了一个列表。", en="Here stands a list.")
    if error["type"].startswith("too_"):
        return Text(zh="这里的项数不对。", en="The number of items is wrong.")
    return Text(zh=f"「{shown(given)}」不能写在这里。", en=f"“{shown(given)}” cannot stand here.")


def _wanted(error: ErrorDetails) -> Text:
    words = _WANTED.get(error["type"]) or _by_ending(error["type"])
    if words is None:
        return Text(zh=f"按这个要求改：{error['msg']}", en=f"Mend it so: {error['msg']}")
    return words(error.get("ctx") or {}, error)


def _by_ending(type: str) -> Callable[[dict[str, Any], ErrorDetails], Text] | None:
    for beginning, words in _FAMILIES.items():
        if type.startswith(beginning):
            return words
    return None


Words = Callable[[dict[str, Any], ErrorDetails], Text]


def _says(zh: str, en: str) -> Words:
    """A sentence whose `{names}` come from pydantic's context."""
    return lambda context, _: Text(zh=zh.format(**context), en=en.format(**context))


def _one_of(context: dict[str, Any], error: ErrorDetails) -> Text:
    known = [one.strip(" '") for one in str(context["expected"]).replace(" or ", ", ").split(",")]
    near = did_you_mean(str(error["input"]), known)
    return Text(
        zh=(f"是不是「{near}」？" if near else "") + f"写其中之一：{'、'.join(known)}",
        en=(f"did you mean “{near}”? " if near else "") + f"write one of: {', '.join(known)}",
    )


def _pattern(context: dict[str, Any], _: ErrorDetails) -> Text:
    pattern = str(context["pattern"])
    known = _PATTERNS.get(pattern)
    return known or Text(zh=f"按这个格式写：{pattern}", en=f"write it after the pattern {pattern}")


def _group(context: dict[str, Any], _: ErrorDetails) -> Text:
    if context.get("class_name") == "Text":
        return Text(
            zh="中英文都写：{zh: 出生, en: Birth}", en="write both languages: {zh: 出生, en: Birth}"
        )
    return Text(
        zh="写成缩进的「名称: 值」，每行一个", en="write indented “name: value”, one a line"
    )


def _own(context: dict[str, Any], error: ErrorDetails) -> Text:
    """A validator of ours may raise ValueError(Text)."""
    args = getattr(context.get("error"), "args", ())
    if args and isinstance(args[0], Text):
        return args[0]
    return Text(zh=f"按这个要求改：{error['msg']}", en=f"mend it so: {error['msg']}")


_PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]{0,63}$": Text(
        zh="用小写英文字母、数字、「-」「_」，以字母或数字开头，最多 64 个字符",
        en="use small letters, digits, “-” and “_”, beginning with a letter or digit, at most 64",
    ),
    r"^\d{6}$": Text(zh="写 6 位数字", en="write 6 digits"),
    r"^[A-Z]{2,4}$": Text(zh="写 2 到 4 个大写英文字母", en="write 2 to 4 capital letters"),
}
_WANTED: dict[str, Words] = {
    "string_pattern_mismatch": _pattern,
    "literal_error": _one_of,
    "enum": _one_of,
    "model_type": _group,
    "model_attributes_type": _group,
    "dict_type": _group,
    "value_error": _own,
    "assertion_error": _own,
    "greater_than_equal": _says("写不小于 {ge} 的数", "write a number of at least {ge}"),
    "greater_than": _says("写大于 {gt} 的数", "write a number above {gt}"),
    "less_than_equal": _says("写不大于 {le} 的数", "write a number of at most {le}"),
    "less_than": _says("写小于 {lt} 的数", "write a number below {lt}"),
    "too_short": _says("至少写 {min_length} 项", "write at least {min_length} items"),
    "too_long": _says("最多写 {max_length} 项", "write at most {max_length} items"),
    "string_too_short": _says("至少写 {min_length} 个字", "write at least {min_length} characters"),
    "string_too_long": _says("最多写 {max_length} 个字", "write at most {max_length} characters"),
}
_LIST = _says(
    "写成列表，每项一行，以「- 」开头", "write a list, each item in a line beginning with “- ”"
)
_FAMILIES: dict[str, Words] = {
    "string": _says("写文字", "write text"),
    "int": _says("写一个整数", "write a whole number"),
    "float": _says("写一个数", "write a number"),
    "finite": _says("写一个数", "write a number"),
    "decimal": _says("写一个数", "write a number"),
    "bool": _says("写 true 或 false", "write true or false"),
    "date": _says("写日期，如 2026-01-31", "write a date such as 2026-01-31"),
    "tuple": _LIST,
    "list": _LIST,
    "set": _LIST,
    "none": _says("留空", "leave it empty"),
}
