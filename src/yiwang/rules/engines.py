"""Many rows: a rule as a SQL expression for DuckDB or PostgreSQL.

Numbers are brought to the bounds of `exact` before and after every operation. What does not fit
becomes NULL without naming a value twice: it is clamped one step outside, and that step is NULL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from yiwang.rules import tree
from yiwang.rules.exact import MOST_DAYS, MOST_MONTHS
from yiwang.rules.notation import literal, quoted
from yiwang.rules.tree import EXACT, NUMBERS, Node, both_plain

Dialect = Literal["duckdb", "postgres"]

_BIG, _SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_FIRST_DAY, _LAST_DAY = "(DATE '0001-01-01' - 1)", "(DATE '9999-12-31' + 1)"


def sql_of(node: Node, dialect: Dialect, on: date) -> str:
    """SQL text over columns `"party.element"`; `on` is today()."""
    return (_DuckDB if dialect == "duckdb" else _Postgres)(on).write(node)


def _clamped(sql: str, low: str, high: str) -> str:
    """NULL where a value is not strictly between two bounds; NULL stays NULL."""
    return f"NULLIF(NULLIF(GREATEST(LEAST({sql}, {high}), {low}), {high}), {low})"


def _part(name: str, day: str) -> str:
    return f"CAST(EXTRACT({name} FROM {day}) AS BIGINT)"


def _months(first: str, second: str) -> str:
    years = f"({_part('YEAR', second)} - {_part('YEAR', first)}) * 12"
    months = f"{_part('MONTH', second)} - {_part('MONTH', first)}"
    before = f"{_part('DAY', second)} < {_part('DAY', first)}"
    not_last = f"{_part('DAY', f'({second} + 1)')} <> 1"
    return f"({years} + {months} - CASE WHEN {before} AND {not_last} THEN 1 ELSE 0 END)"


@dataclass(frozen=True)
class _Engine:
    on: date

    def write(self, node: Node) -> str:
        """One expression, in brackets where it needs them."""
        return _WRITERS[type(node)](self, node)

    def graded(self, node: Node, to: str) -> str:
        """A number as arithmetic takes it."""
        kind = "decimal" if to in EXACT else "integer"
        same = (node.type in EXACT) == (to in EXACT)
        if isinstance(node, tree.Arithmetic) and same:
            return self.write(node)
        return self.narrow(self.write(node), kind)

    def narrow(self, sql: str, kind: str) -> str:
        """`sql` within the bounds of a decimal or an integer, else NULL."""
        raise NotImplementedError

    def operate(self, op: str, left: str, right: str, kind: str) -> str:
        """Two graded numbers with one of + - *, not yet within bounds."""
        raise NotImplementedError

    def divide(self, left: str, right: str) -> str:
        """Two graded decimals divided and rounded; NULL by zero."""
        raise NotImplementedError

    def ends_with(self, text: str, part: str) -> str:
        """Whether a text ends with a written part."""
        raise NotImplementedError

    def months_later(self, day: str, months: str) -> str:
        """A day some months later, the month's last day where there is no such day."""
        raise NotImplementedError


class _DuckDB(_Engine):
    def narrow(self, sql: str, kind: str) -> str:
        if kind == "decimal":
            return f"TRY_CAST({sql} AS DECIMAL(19,6))"
        return f"CAST(TRY_CAST({sql} AS DECIMAL(18,0)) AS BIGINT)"

    def operate(self, op: str, left: str, right: str, kind: str) -> str:
        if kind == "decimal":
            return f"{left} {op} {right}"
        return f"CAST({left} AS HUGEINT) {op} CAST({right} AS HUGEINT)"

    def divide(self, left: str, right: str) -> str:
        """Whole millionths divided half up: DECIMAL / DECIMAL would be a DOUBLE."""
        above = f"CAST({left} * 1000000 AS HUGEINT)"
        below = f"NULLIF(CAST({right} * 1000000 AS HUGEINT), 0)"
        halves = f"(2000000 * ABS({above}) + ABS({below})) // (2 * ABS({below}))"
        sign = f"CAST(SIGN({above}) * SIGN({below}) AS HUGEINT)"
        whole = f"TRY_CAST({sign} * ({halves}) AS DECIMAL(19,0))"
        return f"CAST({whole} * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(19,6))"

    def ends_with(self, text: str, part: str) -> str:
        return f"ENDS_WITH({text}, {quoted(part)})"

    def months_later(self, day: str, months: str) -> str:
        return f"CAST({day} + TO_MONTHS({months}) AS DATE)"


class _Postgres(_Engine):
    def narrow(self, sql: str, kind: str) -> str:
        if kind == "decimal":
            number = f"ROUND(CAST({sql} AS NUMERIC), 6)"
            return _clamped(number, "-10000000000000", "10000000000000")
        whole = _clamped(f"CAST({sql} AS NUMERIC)", "-1000000000000000000", "1000000000000000000")
        return f"CAST({whole} AS BIGINT)"

    def operate(self, op: str, left: str, right: str, kind: str) -> str:
        return f"CAST({left} AS NUMERIC) {op} CAST({right} AS NUMERIC)"

    def divide(self, left: str, right: str) -> str:
        """With 40 decimals, so that rounding to 6 afterwards rounds once."""
        return self.narrow(f"CAST({left} AS NUMERIC(60,40)) / NULLIF({right}, 0)", "decimal")

    def ends_with(self, text: str, part: str) -> str:
        return f"(RIGHT({text}, {len(part)}) = {quoted(part)})"

    def months_later(self, day: str, months: str) -> str:
        return f"CAST({day} + MAKE_INTERVAL(months => {months}) AS DATE)"


def _literal(engine: _Engine, node: tree.Literal) -> str:
    sql = literal(node.value)
    return f"({sql})" if sql.startswith("-") else sql


def _read(engine: _Engine, node: tree.Read) -> str:
    return '"' + str(node.column).replace('"', '""') + '"'


def _arithmetic(engine: _Engine, node: tree.Arithmetic) -> str:
    left, right = engine.graded(node.left, node.type), engine.graded(node.right, node.type)
    if node.op == "/":
        return engine.divide(left, right)
    kind = "decimal" if node.type in EXACT else "integer"
    return engine.narrow(f"({engine.operate(node.op, left, right, kind)})", kind)


def _compare(engine: _Engine, node: tree.Compare) -> str:
    left, right = node.left, node.right
    if left.type in NUMBERS and not both_plain(left, right):
        to = "decimal" if {left.type, right.type} & EXACT else "integer"
        return f"({engine.graded(left, to)} {node.op} {engine.graded(right, to)})"
    return f"({engine.write(left)} {node.op} {engine.write(right)})"


def _one_of(engine: _Engine, node: tree.OneOf) -> str:
    options = ", ".join(engine.write(option) for option in node.options)
    return f"({engine.write(node.value)} IN ({options}))"


def _like(engine: _Engine, node: tree.Like) -> str:
    text = engine.write(node.value)
    if node.where == "suffix":
        return engine.ends_with(text, node.part)
    if node.where == "prefix":
        return f"STARTS_WITH({text}, {quoted(node.part)})"
    return f"(STRPOS({text}, {quoted(node.part)}) > 0)"


def _chain(word: str) -> Callable[[_Engine, tree.And | tree.Or], str]:
    return lambda engine, node: (
        "(" + f" {word} ".join(engine.write(part) for part in node.parts) + ")"
    )


def _case(engine: _Engine, node: tree.Case) -> str:
    """An unknown condition makes the whole unknown, where SQL would go on to the next."""
    sql = _result(engine, node.otherwise, node)
    for condition, result in reversed(node.branches):
        test = engine.write(condition)
        value = _result(engine, result, node)
        sql = f"CASE WHEN {test} THEN {value} WHEN NOT {test} THEN {sql} END"
    return f"({sql})"


def _result(engine: _Engine, result: Node, case: tree.Case) -> str:
    return engine.graded(result, case.type) if case.type in NUMBERS else engine.write(result)


def _call(engine: _Engine, node: tree.Call) -> str:
    if node.name in _ON_NUMBERS:
        return _ON_NUMBERS[node.name](engine, node)
    return _PLAIN[node.name](engine, *(engine.write(arg) for arg in node.args))


def _graded_args(engine: _Engine, node: tree.Call) -> list[str]:
    if node.type == "date":
        return [engine.write(arg) for arg in node.args]
    to = "decimal" if any(arg.type in EXACT for arg in node.args) else "integer"
    return [engine.graded(arg, to) for arg in node.args]


def _extreme(name: str) -> Callable[[_Engine, tree.Call], str]:
    """LEAST and GREATEST that do not pass over an unknown."""

    def write(engine: _Engine, node: tree.Call) -> str:
        args = _graded_args(engine, node)
        known = " AND ".join(f"{arg} IS NOT NULL" for arg in args)
        return f"CASE WHEN {known} THEN {name}({', '.join(args)}) END"

    return write


def _round(engine: _Engine, node: tree.Call) -> str:
    value = engine.graded(node.args[0], "decimal")
    return engine.narrow(f"ROUND({value}, {engine.write(node.args[1])})", "decimal")


def _add_days(engine: _Engine, node: tree.Call) -> str:
    days = _count(engine, node.args[1], MOST_DAYS)
    return _clamped(f"({engine.write(node.args[0])} + {days})", _FIRST_DAY, _LAST_DAY)


def _add_months(engine: _Engine, node: tree.Call) -> str:
    months = _count(engine, node.args[1], MOST_MONTHS)
    later = engine.months_later(engine.write(node.args[0]), months)
    return _clamped(later, _FIRST_DAY, _LAST_DAY)


def _count(engine: _Engine, node: Node, most: int) -> str:
    bounded = _clamped(engine.graded(node, "integer"), f"{-most - 1}", f"{most + 1}")
    return f"CAST({bounded} AS INTEGER)"


_ON_NUMBERS: dict[str, Callable[[_Engine, tree.Call], str]] = {
    "negate": lambda engine, node: f"(-{_graded_args(engine, node)[0]})",
    "abs": lambda engine, node: f"ABS({_graded_args(engine, node)[0]})",
    "round": _round,
    "least": _extreme("LEAST"),
    "greatest": _extreme("GREATEST"),
    "add_days": _add_days,
    "add_months": _add_months,
}


def _years(first: str, second: str) -> str:
    return f"CAST(FLOOR({_months(first, second)} / 12.0) AS BIGINT)"


_PLAIN: dict[str, Callable[..., str]] = {
    "today": lambda engine: literal(engine.on),
    "age": lambda engine, day: _years(day, literal(engine.on)),
    "years_between": lambda engine, a, b: _years(a, b),
    "months_between": lambda engine, a, b: _months(a, b),
    "days_between": lambda engine, a, b: f"({b} - {a})",
    "year": lambda engine, day: _part("YEAR", day),
    "month": lambda engine, day: _part("MONTH", day),
    "day": lambda engine, day: _part("DAY", day),
    "length": lambda engine, text: f"LENGTH({text})",
    "lower": lambda engine, text: f"TRANSLATE({text}, '{_BIG}', '{_SMALL}')",
    "starts_with": lambda engine, text, part: f"STARTS_WITH({text}, {part})",
    "substring": lambda engine, text, start, count: f"SUBSTRING({text}, {start}, {count})",
    "concat": lambda engine, *texts: "(" + " || ".join(texts) + ")",
}
RENDERED = frozenset({*_ON_NUMBERS, *_PLAIN})

_WRITERS: dict[type, Callable[[Any, Any], str]] = {
    tree.Literal: _literal,
    tree.Read: _read,
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.Between: lambda engine, node: engine.write(node.halves()),
    tree.OneOf: _one_of,
    tree.Like: _like,
    tree.And: _chain("AND"),
    tree.Or: _chain("OR"),
    tree.Not: lambda engine, node: f"(NOT {engine.write(node.value)})",
    tree.Case: _case,
    tree.Call: _call,
}
