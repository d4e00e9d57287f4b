"""Whether a function of the white list is called as it must be."""

from __future__ import annotations

from yiwang.rules.comparing import family, wider
from yiwang.rules.exact import PLACES
from yiwang.rules.functions import FUNCTIONS, Function
from yiwang.rules.refused import unknown_function
from yiwang.rules.tree import NUMBERS, Literal, Node

_KINDS = {
    "date": frozenset({"date"}),
    "number": NUMBERS,
    "integer": frozenset({"integer"}),
    "words": frozenset({"text", "code"}),
    "same": NUMBERS | {"date"},
}
_LOWEST = {"substring": (1, 0), "round": (0,)}
_HIGHEST = {"substring": (10_000, 10_000), "round": (PLACES,)}


class CallFault(Exception):
    """A call that cannot be made: message and remedy."""


def check_call(name: str, args: tuple[Node, ...]) -> str:
    """The type the call gives (`any` when an argument is at fault already); raises CallFault."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise CallFault(*unknown_function(name))
    takes = _takes(name, function, len(args))
    if any(arg.type == "any" for arg in args):
        return "any"
    for place, (kind, arg) in enumerate(zip(takes, args, strict=True), 1):
        if arg.type not in _KINDS[kind.strip("<>")]:
            raise CallFault(
                f"Argument {place} of {name} is of type {arg.type}.", f"Write {usage(name)}."
            )
    _check_written(name, takes, args)
    if len({family(arg.type) for arg in args}) > 1 and function.takes == ("same",):
        raise CallFault(f"{name} compares unlike values.", "Give it only numbers or only dates.")
    return wider(tuple(a.type for a in args)) if function.gives == "wider" else function.gives


def usage(name: str) -> str:
    """How a function is written: `add_days(date, integer)`."""
    function = FUNCTIONS[name]
    return f"{name}({', '.join(function.takes)}{', …' if function.many else ''})"


def _takes(name: str, function: Function, count: int) -> tuple[str, ...]:
    if function.many and count >= 2:
        return function.takes * count
    if count != len(function.takes) or function.many:
        raise CallFault(f"{name} is given {count} values.", f"Write {usage(name)}.")
    return function.takes


def _check_written(name: str, takes: tuple[str, ...], args: tuple[Node, ...]) -> None:
    written = [arg for kind, arg in zip(takes, args, strict=True) if kind.startswith("<")]
    for arg, low, high in zip(written, _LOWEST.get(name, ()), _HIGHEST.get(name, ()), strict=True):
        if isinstance(arg, Literal) and isinstance(arg.value, int) and low <= arg.value <= high:
            continue
        raise CallFault(
            f"{name} needs a whole number from {low} to {high} written out.",
            f"Write {usage(name)}.",
        )
