"""How far a value may go: what an element allows, narrowed by the departments that take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from yiwang.registers.declarations import Element

Limit = int | Decimal | date


class Narrows(Protocol):
    """A department's narrower bounds, as an item declares them: limits are text."""

    min: str | None
    max: str | None
    max_length: int | None
    codes: tuple[str, ...] | None


@dataclass(frozen=True)
class Bounds:
    """Least and greatest value, longest text (characters), codes left; None: no bound."""

    min: Limit | None = None
    max: Limit | None = None
    max_length: int | None = None
    codes: tuple[str, ...] | None = None


def intersect(element: Element, narrowings: Iterable[Narrows]) -> Bounds:
    """What all of `narrowings` and the element itself allow.

    Raises ValueError, in one English sentence, where nothing is left or a bound cannot be read.
    """
    bounds = _own(element)
    for one in narrowings:
        bounds = Bounds(
            min=_tighter(max, bounds.min, limit(element, one.min)),
            max=_tighter(min, bounds.max, limit(element, one.max)),
            max_length=_tighter(min, bounds.max_length, one.max_length),
            codes=_common(element, bounds.codes, one.codes),
        )
    _must_leave_something(element, bounds)
    return bounds


def limit(element: Element, text: str | None) -> Limit | None:
    """A bound as declared (text), in the element's type; ValueError where it is not one."""
    if text is None:
        return None
    try:
        if element.type == "date":
            return date.fromisoformat(text)
        if element.type == "integer":
            return int(text)
        if element.type in ("decimal", "money"):
            return Decimal(text)
    except (ValueError, InvalidOperation):
        raise ValueError(f"{text!r} is no {element.type} and cannot bound {element.id!r}") from None
    raise ValueError(f"{element.id!r} is {element.type}: it has no least or greatest value")


def _own(element: Element) -> Bounds:
    least, greatest = element.min, element.max
    if element.type == "integer":
        least = None if least is None else int(least)  # type: ignore[assignment,arg-type]
        greatest = None if greatest is None else int(greatest)  # type: ignore[assignment,arg-type]
    return Bounds(least, greatest, element.max_length, tuple(element.codes) or None)


def _tighter(pick, one, other):  # type: ignore[no-untyped-def]
    if one is None or other is None:
        return other if one is None else one
    return pick(one, other)


def _common(
    element: Element, one: tuple[str, ...] | None, other: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    if other is None:
        return one
    if strange := [code for code in other if one is None or code not in element.codes]:
        raise ValueError(f"{element.id!r} has no code {strange[0]!r}")
    return tuple(code for code in one or () if code in other)


def _must_leave_something(element: Element, bounds: Bounds) -> None:
    if bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:  # type: ignore[operator]
        raise ValueError(
            f"no value of {element.id!r} is at least {bounds.min} and at most {bounds.max}"
        )
    if bounds.max_length is not None and bounds.max_length < 1:
        raise ValueError(f"no text of {element.id!r} is shorter than one character")
    if bounds.codes == ():
        raise ValueError(f"no code of {element.id!r} is allowed by all who take it")
