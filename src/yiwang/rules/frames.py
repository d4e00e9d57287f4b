"""Many rows: a rule as a polars expression.

Decimals are worked out as whole millionths in 128 bits (polars divides decimals otherwise and
stops at zero); a cast that may fail gives the unknown of what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial, reduce
from operator import and_, or_
from typing import Any

import polars as pl

from yiwang.rules import tree
from yiwang.rules.exact import MOST_DAYS, MOST_MONTHS, PLACES
from yiwang.rules.tree import EXACT, NUMBERS, WORDS, Node, both_plain

_MILLION = 10**PLACES
_FIRST_DAY, _LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
_FIRST_MONTH, _LAST_MONTH = 12, 9999 * 12 + 11
_BIG, _SMALL = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), list("abcdefghijklmnopqrstuvwxyz")
_OPERATORS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def frame_expression(node: Node, on: date) -> pl.Expr:
    """A polars expression over `pl.col("party.element")`; `on` is today().

    Columns: String (text, code), Int64, Decimal (decimal, money), Date, Boolean.
    """
    expression = _write(node, on)
    if node.type in EXACT and tree.computed(node):
        unit = pl.lit(Decimal("0.000001"), dtype=pl.Decimal(38, PLACES))
        return expression.cast(pl.Decimal(38, 0)) * unit
    return expression


def _write(node: Node, on: date) -> pl.Expr:
    """Computed decimals come in millionths, everything else as it is."""
    return _WRITERS[type(node)](node, on)


def _fitting(value: pl.Expr, kind: str) -> pl.Expr:
    digits = 19 if kind == "decimal" else 18
    return value.cast(pl.Decimal(digits, 0), strict=False).to_physical()


def _kind(*nodes: Node) -> str:
    return "decimal" if any(node.type in EXACT for node in nodes) else "integer"


def _graded(node: Node, kind: str, on: date) -> pl.Expr:
    """A number as arithmetic takes it: 128 bits, whole or in millionths, NULL if too large."""
    if isinstance(node, tree.Literal):
        assert isinstance(node.value, int | Decimal)
        whole = int(node.value * _MILLION) if kind == "decimal" else int(node.value)
        return _fitting(_int(whole), kind)
    value = _write(node, on)
    if tree.computed(node) and node.type in EXACT:
        return value
    if node.type in EXACT:
        return _fitting(value.cast(pl.Decimal(38, PLACES)).to_physical(), kind)
    value = _fitting(value.cast(pl.Int128), "integer")
    return _fitting(value * _int(_MILLION), kind) if kind == "decimal" else value


def _rounded(value: pl.Expr, unit: pl.Expr) -> pl.Expr:
    """How many units, half away from zero."""
    return value.sign() * unit.sign() * ((2 * value.abs() + unit.abs()) // (2 * unit.abs()))


def _int(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int128)


def _literal(node: tree.Literal, on: date) -> pl.Expr:
    if isinstance(node.value, Decimal):
        return pl.lit(node.value, dtype=pl.Decimal(38, PLACES))
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return pl.lit(node.value, dtype=pl.Int64)
    return pl.lit(node.value)


def _arithmetic(node: tree.Arithmetic, on: date) -> pl.Expr:
    kind = _kind(node)
    left, right = _graded(node.left, kind, on), _graded(node.right, kind, on)
    if node.op == "/":
        below = pl.when(right != 0).then(right)
        return _fitting(_rounded(left * _MILLION, below), kind)
    if node.op == "*":
        product = left * right
        return _fitting(_rounded(product, _int(_MILLION)) if kind == "decimal" else product, kind)
    return _fitting(left + right if node.op == "+" else left - right, kind)


def _compare(node: tree.Compare, on: date) -> pl.Expr:
    left, right = node.left, node.right
    operator = _OPERATORS[node.op]
    if left.type in NUMBERS and not both_plain(left, right):
        kind = _kind(left, right)
        return operator(_graded(left, kind, on), _graded(right, kind, on))
    return operator(_write(left, on), _write(right, on))


def _one_of(node: tree.OneOf, on: date) -> pl.Expr:
    if node.value.type in WORDS:
        return _write(node.value, on).is_in([option.value for option in node.options])
    tests = [tree.Compare("=", node.value, option) for option in node.options]
    return reduce(or_, (_compare(test, on) for test in tests))


def _like(node: tree.Like, on: date) -> pl.Expr:
    text = _write(node.value, on).str
    if node.where == "part":
        return text.contains(node.part, literal=True)
    return text.starts_with(node.part) if node.where == "prefix" else text.ends_with(node.part)


def _chain(operator: Callable[[Any, Any], Any]) -> Callable[[Any, date], pl.Expr]:
    return lambda node, on: reduce(operator, (_write(part, on) for part in node.parts))


def _case(node: tree.Case, on: date) -> pl.Expr:
    value = _result(node.otherwise, node, on)
    for condition, result in reversed(node.branches):
        test = _write(condition, on)
        value = pl.when(test).then(_result(result, node, on)).when(~test).then(value)
    return value


def _result(result: Node, case: tree.Case, on: date) -> pl.Expr:
    return _graded(result, _kind(case), on) if case.type in NUMBERS else _write(result, on)


def _call(node: tree.Call, on: date) -> pl.Expr:
    if node.name in _ON_NUMBERS:
        return _ON_NUMBERS[node.name](node, on)
    return _PLAIN[node.name](*(_write(arg, on) for arg in node.args), on)


def _args(node: tree.Call, on: date) -> list[pl.Expr]:
    if node.type == "date":
        return [_write(arg, on) for arg in node.args]
    return [_graded(arg, _kind(*node.args), on) for arg in node.args]


def _extreme(choose: Callable[..., pl.Expr], node: tree.Call, on: date) -> pl.Expr:
    args = _args(node, on)
    known = reduce(and_, (arg.is_not_null() for arg in args))
    return pl.when(known).then(choose(*args))


def _round(node: tree.Call, on: date) -> pl.Expr:
    places = node.args[1]
    assert isinstance(places, tree.Literal) and isinstance(places.value, int)
    unit = _int(10 ** (PLACES - places.value))
    value = _graded(node.args[0], "decimal", on)
    return _fitting(_rounded(value, unit) * unit, "decimal")


def _count(node: Node, most: int, on: date) -> pl.Expr:
    value = _graded(node, "integer", on)
    return pl.when(value.is_between(-most, most)).then(value).cast(pl.Int64)


def _number(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Int32).cast(pl.Int64)


def _in_calendar(days: pl.Expr) -> pl.Expr:
    known = days.is_between(_number(pl.lit(_FIRST_DAY)), _number(pl.lit(_LAST_DAY)))
    return pl.when(known).then(days).cast(pl.Int32).cast(pl.Date)


def _add_days(node: tree.Call, on: date) -> pl.Expr:
    return _in_calendar(_number(_write(node.args[0], on)) + _count(node.args[1], MOST_DAYS, on))


def _add_months(node: tree.Call, on: date) -> pl.Expr:
    day = _write(node.args[0], on)
    month = _month_number(day) + _count(node.args[1], MOST_MONTHS, on)
    month = pl.when(month.is_between(_FIRST_MONTH, _LAST_MONTH)).then(month)
    first = pl.date(month // 12, month % 12 + 1, 1)
    last = first.dt.month_end().dt.day()
    place = pl.when(day.dt.day() < last).then(day.dt.day()).otherwise(last)
    return _in_calendar(_number(first) + place.cast(pl.Int64) - 1)


def _month_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1


def _months(first: pl.Expr, second: pl.Expr, on: date) -> pl.Expr:
    short = second.dt.day() < first.dt.day()
    short &= second.dt.day() != second.dt.month_end().dt.day()
    return _month_number(second) - _month_number(first) - short.cast(pl.Int64)


def _years(first: pl.Expr, second: pl.Expr, on: date) -> pl.Expr:
    return _months(first, second, on) // 12


_ON_NUMBERS: dict[str, Callable[[tree.Call, date], pl.Expr]] = {
    "negate": lambda node, on: _int(0) - _args(node, on)[0],
    "abs": lambda node, on: _args(node, on)[0].abs(),
    "round": _round,
    "least": partial(_extreme, pl.min_horizontal),
    "greatest": partial(_extreme, pl.max_horizontal),
    "add_days": _add_days,
    "add_months": _add_months,
}
_PLAIN: dict[str, Callable[..., pl.Expr]] = {
    "today": lambda on: pl.lit(on),
    "age": lambda day, on: _years(day, pl.lit(on), on),
    "years_between": _years,
    "months_between": _months,
    "days_between": lambda a, b, on: _number(b) - _number(a),
    "year": lambda day, on: day.dt.year().cast(pl.Int64),
    "month": lambda day, on: day.dt.month().cast(pl.Int64),
    "day": lambda day, on: day.dt.day().cast(pl.Int64),
    "length": lambda text, on: text.str.len_chars().cast(pl.Int64),
    "lower": lambda text, on: text.str.replace_many(_BIG, _SMALL),
    "starts_with": lambda text, part, on: text.str.starts_with(part),
    "substring": lambda text, start, count, on: text.str.slice(start - 1, count),
    "concat": lambda *given: pl.concat_str(*given[:-1]),
}
RENDERED = frozenset({*_ON_NUMBERS, *_PLAIN})

_WRITERS: dict[type, Callable[[Any, date], pl.Expr]] = {
    tree.Literal: _literal,
    tree.Read: lambda node, on: pl.col(str(node.column)),
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.Between: lambda node, on: _write(node.halves(), on),
    tree.OneOf: _one_of,
    tree.Like: _like,
    tree.And: _chain(and_),
    tree.Or: _chain(or_),
    tree.Not: lambda node, on: ~_write(node.value, on),
    tree.Case: _case,
    tree.Call: _call,
}
