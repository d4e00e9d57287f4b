"""A checked tree written as rule text again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from yiwang.rules.grammar import is_keyword
from yiwang.rules.scope import EXISTS, Column
from yiwang.rules.tree import (
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
)

_LIKE = {"prefix": "{}%", "suffix": "%{}", "part": "%{}%"}
_SIMPLE = (Read, Literal, Call)


def written(node: Node) -> str:
    """Rule text that reads as `node`."""
    return _WRITERS[type(node)](node)


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def literal(value: object) -> str:
    """A value as rules and SQL write it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def column_name(column: Column) -> str:
    """A column as rules write it, quoted where its names could be read as something else."""
    element = column.element if column.element == EXISTS else _name(column.element)
    return f"{_name(column.party)}.{element}"


def _name(name: str) -> str:
    if name.isidentifier() and not is_keyword(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def _operand(node: Node) -> str:
    return written(node) if isinstance(node, _SIMPLE) and _safe(node) else f"({written(node)})"


def _safe(node: Node) -> bool:
    """Whether no minus sign stands in front, which would bind to what is before it."""
    if isinstance(node, Call):
        return node.name != "negate"
    value = node.value if isinstance(node, Literal) else None
    return not (isinstance(value, int | Decimal) and value < 0)


def _infix(node: Compare | Arithmetic) -> str:
    return f"{_operand(node.left)} {node.op} {_operand(node.right)}"


def _between(node: Between) -> str:
    return f"{_operand(node.value)} BETWEEN {_operand(node.low)} AND {_operand(node.high)}"


def _one_of(node: OneOf) -> str:
    return f"{_operand(node.value)} IN ({', '.join(literal(one.value) for one in node.options)})"


def _like(node: Like) -> str:
    return f"{_operand(node.value)} LIKE {quoted(_LIKE[node.where].format(node.part))}"


def _chain(word: str) -> Callable[[And | Or], str]:
    return lambda node: f" {word} ".join(
        f"({written(part)})" if isinstance(part, And | Or) else written(part) for part in node.parts
    )


def _case(node: Case) -> str:
    whens = " ".join(f"WHEN {written(a)} THEN {written(b)}" for a, b in node.branches)
    return f"CASE {whens} ELSE {written(node.otherwise)} END"


def _call(node: Call) -> str:
    if node.name == "negate":
        return f"-{_operand(node.args[0])}"
    return f"{node.name}({', '.join(written(arg) for arg in node.args)})"


_WRITERS: dict[type, Callable[[Any], str]] = {
    Literal: lambda node: literal(node.value),
    Read: lambda node: column_name(node.column),
    Arithmetic: _infix,
    Compare: _infix,
    Between: _between,
    OneOf: _one_of,
    Like: _like,
    And: _chain("AND"),
    Or: _chain("OR"),
    Not: lambda node: f"NOT {_operand(node.value)}",
    Case: _case,
    Call: _call,
}
