"""Values of elements: as JSON, and as people here write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from yiwang.identity.divisions import division_title
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Language, Text, speaking
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element
from yiwang.ui import formats

Json = str | int | bool | None
Value = str | int | Decimal | date | bool

_YES_NO = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no")}
_AGREED = {True: Text(zh="同意", en="agreed"), False: Text(zh="不同意", en="not agreed")}


def to_json(value: object) -> Json:
    """A value as it is stored: dates in ISO 8601, decimals as text, the rest as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a value of an element is not a {type(value).__name__}")


def from_json(element: Element, json: object) -> Value | None:
    """A stored value in the element's type; ValueError where it is not one of it."""
    if json is None:
        return None
    value = _READ[element.type](json)
    if value is None or (element.codes and value not in element.codes):
        raise ValueError(f"{element.id!r} cannot be what was given: it is {element.type}")
    return value


def shown(
    element: Element, value: object | None, language: Language, *, pack: Pack | None = None
) -> str:
    """A value as people here write it; empty for None.

    A division is shown by its path below the city where `pack` is given, else by its id.
    """
    if value is None:
        return ""
    with speaking(language):
        return _SHOW.get(element.type, _text)(element, value, pack)


# ---- from JSON: None where the value is not of the type ----------------------------------------


def _read_text(json: object) -> str | None:
    return json if isinstance(json, str) else None


def _read_integer(json: object) -> int | None:
    return json if isinstance(json, int) and not isinstance(json, bool) else None


def _read_decimal(json: object) -> Decimal | None:
    if isinstance(json, bool) or not isinstance(json, str | int):
        return None
    try:
        value = Decimal(json)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _read_date(json: object) -> date | None:
    try:
        return date.fromisoformat(json) if isinstance(json, str) else None
    except ValueError:
        return None


def _read_boolean(json: object) -> bool | None:
    return json if isinstance(json, bool) else None


_READ = {
    "text": _read_text,
    "code": _read_text,
    "integer": _read_integer,
    "decimal": _read_decimal,
    "money": _read_decimal,
    "date": _read_date,
    "boolean": _read_boolean,
}

# ---- for people --------------------------------------------------------------------------------


def _text(element: Element, value: object, pack: Pack | None) -> str:
    if element.format != "division" or pack is None:
        return str(value)
    try:
        return str(division_title(pack, str(value)))
    except NotFound:
        return str(value)


def _code(element: Element, value: object, pack: Pack | None) -> str:
    title = element.codes.get(str(value))
    return _text(element, value, pack) if title is None else str(title)


def _number(element: Element, value: object, pack: Pack | None) -> str:
    figure = format(value, "f") if isinstance(value, Decimal) else str(value)
    figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
    return f"{figure} {element.unit}" if element.unit else figure


def _money(element: Element, value: object, pack: Pack | None) -> str:
    return formats.money(value if isinstance(value, Decimal | int) else str(value))


def _date(element: Element, value: object, pack: Pack | None) -> str:
    return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _boolean(element: Element, value: object, pack: Pack | None) -> str:
    words = _AGREED if element.format == "consent" else _YES_NO
    return str(words[bool(value)])


_SHOW = {
    "code": _code,
    "integer": _number,
    "decimal": _number,
    "money": _money,
    "date": _date,
    "boolean": _boolean,
}
