"""One person: a rule as Python closures, `(facts, on) -> value or None`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from yiwang.rules import exact
from yiwang.rules.scope import Column
from yiwang.rules.tree import (
    EXACT,
    And,
    Arithmetic,
    Between,
    Call,
    Case,
    Compare,
    Like,
    Literal,
    Node,
    Not,
    OneOf,
    Or,
    Read,
    both_plain,
)

Facts = Mapping[Column, object]
Closure = Callable[[Facts, date], Any]

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EXACT = {"+": exact.plus, "-": exact.minus, "*": exact.times, "/": exact.divided}
_WHOLE = {"+": exact.whole_plus, "-": exact.whole_minus, "*": exact.whole_times}
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def closure(node: Node) -> Closure:
    """Compile a checked tree."""
    return _COMPILERS[type(node)](node)


def _literal(node: Literal) -> Closure:
    value = node.value
    return lambda facts, on: value


def _read(node: Read) -> Closure:
    column = node.column
    return lambda facts, on: facts.get(column)


def graded(node: Node, to: str) -> Closure:
    """A number as arithmetic takes it: whole or with 6 decimals, unknown when it does not fit."""
    narrow: Callable[[Any], Any] = exact.exact if to in EXACT else exact.whole
    if isinstance(node, Literal) and isinstance(node.value, int | Decimal):
        value = narrow(node.value)
        return lambda facts, on: value
    inner = closure(node)
    if node.type == to and isinstance(node, Arithmetic):
        return inner

    def run(facts: Facts, on: date) -> Any:
        value = inner(facts, on)
        return None if value is None else narrow(value)

    return run


def _number_type(*nodes: Node) -> str:
    return "decimal" if any(node.type in EXACT for node in nodes) else "integer"


def _sides(left: Node, right: Node) -> tuple[Closure, Closure]:
    """Both sides of a comparison, brought to one scale where something is worked out."""
    if left.type in EXACT | {"integer"} and not both_plain(left, right):
        to = _number_type(left, right)
        return graded(left, to), graded(right, to)
    return closure(left), closure(right)


def _compare(node: Compare) -> Closure:
    compare = _OPERATORS[node.op]
    if isinstance(node.left, Read) and isinstance(node.right, Literal):
        column, value = node.left.column, node.right.value

        def read_and_literal(facts: Facts, on: date) -> Any:
            found = facts.get(column)
            return None if found is None else compare(found, value)

        return read_and_literal
    return _binary(compare, *_sides(node.left, node.right))


def _binary(function: Callable[[Any, Any], Any], left: Closure, right: Closure) -> Closure:
    def run(facts: Facts, on: date) -> Any:
        a = left(facts, on)
        if a is None:
            return None
        b = right(facts, on)
        return None if b is None else function(a, b)

    return run


def _unary(function: Callable[[Any], Any], inner: Closure) -> Closure:
    def run(facts: Facts, on: date) -> Any:
        value = inner(facts, on)
        return None if value is None else function(value)

    return run


def _arithmetic(node: Arithmetic) -> Closure:
    to = "decimal" if node.type in EXACT else "integer"
    table: dict[str, Callable[[Any, Any], Any]] = _EXACT if to == "decimal" else _WHOLE  # type: ignore[assignment]
    return _binary(table[node.op], graded(node.left, to), graded(node.right, to))


def _between(node: Between) -> Closure:
    return closure(node.halves())


def _one_of(node: OneOf) -> Closure:
    options = frozenset(option.value for option in node.options)
    return _unary(options.__contains__, closure(node.value))


def _like(node: Like) -> Closure:
    part = node.part
    tests: dict[str, Callable[[str], bool]] = {
        "prefix": lambda text: text.startswith(part),
        "suffix": lambda text: text.endswith(part),
        "part": lambda text: part in text,
    }
    return _unary(tests[node.where], closure(node.value))


def all_of(parts: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    """Kleene's AND."""

    def run(*given: Any) -> bool | None:
        known = True
        for part in parts:
            value = part(*given)
            if value is None:
                known = False
            elif not value:
                return False
        return True if known else None

    return run


def any_of(parts: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    """Kleene's OR."""

    def run(*given: Any) -> bool | None:
        known = True
        for part in parts:
            value = part(*given)
            if value is None:
                known = False
            elif value:
                return True
        return False if known else None

    return run


def _and(node: And) -> Closure:
    return all_of(tuple(closure(part) for part in node.parts))


def _or(node: Or) -> Closure:
    return any_of(tuple(closure(part) for part in node.parts))


def _not(node: Not) -> Closure:
    return _unary(operator.not_, closure(node.value))


def _case(node: Case) -> Closure:
    branches = [(closure(condition), _result(result, node)) for condition, result in node.branches]
    otherwise = _result(node.otherwise, node)

    def run(facts: Facts, on: date) -> Any:
        for condition, result in branches:
            holds = condition(facts, on)
            if holds is None:
                return None
            if holds:
                return result(facts, on)
        return otherwise(facts, on)

    return run


def _result(result: Node, case: Case) -> Closure:
    if case.type in EXACT | {"integer"}:
        return graded(result, case.type)
    return closure(result)


def _call(node: Call) -> Closure:
    if node.name in _DAYS:
        return _DAYS[node.name](*(closure(arg) for arg in node.args))
    if node.name in _NUMBERS:
        return _NUMBERS[node.name](node, *(_argument(arg, node) for arg in node.args))
    return _TEXTS[node.name](*(closure(arg) for arg in node.args))


def _argument(arg: Node, call: Call) -> Closure:
    return closure(arg) if call.type == "date" else graded(arg, _number_type(*call.args))


def _every(function: Callable[..., Any], inner: tuple[Closure, ...]) -> Closure:
    def run(facts: Facts, on: date) -> Any:
        values = [one(facts, on) for one in inner]
        return None if None in values else function(values)

    return run


def _today() -> Closure:
    return lambda facts, on: on


def _age(born: Closure) -> Closure:
    def run(facts: Facts, on: date) -> Any:
        day = born(facts, on)
        return None if day is None else exact.years_between(day, on)

    return run


def _whole_arg(function: Callable[[date, int], date | None]) -> Callable[..., Closure]:
    return lambda day, count: _binary(function, day, count)


_DAYS: dict[str, Callable[..., Closure]] = {
    "today": _today,
    "age": _age,
    "years_between": lambda a, b: _binary(exact.years_between, a, b),
    "months_between": lambda a, b: _binary(exact.months_between, a, b),
    "days_between": lambda a, b: _binary(lambda first, second: (second - first).days, a, b),
    "add_days": _whole_arg(exact.add_days),
    "add_months": _whole_arg(exact.add_months),
    "year": lambda a: _unary(operator.attrgetter("year"), a),
    "month": lambda a: _unary(operator.attrgetter("month"), a),
    "day": lambda a: _unary(operator.attrgetter("day"), a),
}


def _round(node: Call, value: Closure, _places: Closure) -> Closure:
    literal = node.args[1]
    assert isinstance(literal, Literal) and isinstance(literal.value, int)
    places = literal.value
    return _unary(lambda number: exact.fixed(Decimal(number), places), value)


_NUMBERS: dict[str, Callable[..., Closure]] = {
    "negate": lambda node, a: _unary(operator.neg, a),
    "abs": lambda node, a: _unary(abs, a),
    "round": _round,
    "least": lambda node, *args: _every(min, args),
    "greatest": lambda node, *args: _every(max, args),
}


def _substring(text: Closure, start: Closure, length: Closure) -> Closure:
    def run(facts: Facts, on: date) -> Any:
        value = text(facts, on)
        first = start(facts, on) - 1
        return None if value is None else value[first : first + length(facts, on)]

    return run


_TEXTS: dict[str, Callable[..., Closure]] = {
    "length": lambda a: _unary(len, a),
    "lower": lambda a: _unary(lambda text: text.translate(_SMALL), a),
    "starts_with": lambda a, b: _binary(str.startswith, a, b),
    "substring": _substring,
    "concat": lambda *args: _every("".join, args),
}
RENDERED = frozenset({*_DAYS, *_NUMBERS, *_TEXTS})

_COMPILERS: dict[type, Callable[[Any], Closure]] = {
    Literal: _literal,
    Read: _read,
    Arithmetic: _arithmetic,
    Compare: _compare,
    Between: _between,
    OneOf: _one_of,
    Like: _like,
    And: _and,
    Or: _or,
    Not: _not,
    Case: _case,
    Call: _call,
}
