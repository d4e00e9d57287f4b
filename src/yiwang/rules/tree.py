"""The checked form of a rule: a small typed tree that every engine is compiled from.

Types are those of the dictionary; `any` marks a place where a fault has been told already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yiwang.rules.scope import Column

EXACT = frozenset({"decimal", "money"})
NUMBERS = EXACT | {"integer"}
WORDS = frozenset({"text", "code"})


@dataclass(frozen=True)
class Literal:
    """A value written in the rule."""

    value: str | int | bool | Decimal | date
    type: str


@dataclass(frozen=True)
class Read:
    """The value of a column."""

    column: Column
    type: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arithmetic:
    """`left op right` with op one of + - * /."""

    op: str
    left: Node
    right: Node
    type: str


@dataclass(frozen=True)
class Compare:
    """`left op right` with op one of = <> < <= > >=."""

    op: str
    left: Node
    right: Node
    type: str = "boolean"


@dataclass(frozen=True)
class Between:
    """`value` from `low` to `high`, both included."""

    value: Node
    low: Node
    high: Node
    type: str = "boolean"

    def halves(self) -> And:
        """The two comparisons it stands for."""
        return And((Compare(">=", self.value, self.low), Compare("<=", self.value, self.high)))


@dataclass(frozen=True)
class OneOf:
    """`value` is one of the listed literals."""

    value: Node
    options: tuple[Literal, ...]
    type: str = "boolean"


@dataclass(frozen=True)
class Like:
    """`value` starts with, ends with or contains `part` (`where`: prefix, suffix, part)."""

    value: Node
    where: str
    part: str
    type: str = "boolean"


@dataclass(frozen=True)
class And:
    """True when all are, False when one is, otherwise unknown."""

    parts: tuple[Node, ...]
    type: str = "boolean"


@dataclass(frozen=True)
class Or:
    """True when one is, False when all are, otherwise unknown."""

    parts: tuple[Node, ...]
    type: str = "boolean"


@dataclass(frozen=True)
class Not:
    """The opposite; unknown stays unknown."""

    value: Node
    type: str = "boolean"


@dataclass(frozen=True)
class Case:
    """The result beside the first true condition; an unknown condition on the way: unknown."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node
    type: str


@dataclass(frozen=True)
class Call:
    """A function of the white list; `negate` is the minus sign before a value."""

    name: str
    args: tuple[Node, ...]
    type: str


Node = Literal | Read | Arithmetic | Compare | Between | OneOf | Like | And | Or | Not | Case | Call


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under `node`."""
    match node:
        case Literal() | Read():
            return ()
        case Arithmetic() | Compare():
            return (node.left, node.right)
        case Between():
            return (node.value, node.low, node.high)
        case And() | Or():
            return node.parts
        case OneOf() | Like() | Not():
            return (node.value,)
        case Call():
            return node.args
        case Case():
            return (*(one for branch in node.branches for one in branch), node.otherwise)


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything under it."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def columns(node: Node) -> frozenset[Column]:
    """All columns read under `node`."""
    return frozenset(one.column for one in walk(node) if isinstance(one, Read))


def computed(node: Node) -> bool:
    """Whether `node` is worked out rather than read or written down."""
    return not isinstance(node, Read | Literal)


def both_plain(left: Node, right: Node) -> bool:
    """Whether two sides can be compared as they stand, without bringing them to one scale."""
    return not computed(left) and not computed(right)


_COPIES = {"*": 2, "/": 3, "round": 2, "least": 2, "greatest": 2, "add_months": 3}
_COPIES |= dict.fromkeys(("age", "years_between", "months_between"), 5)


def depth_and_weight(node: Node) -> tuple[int, int]:
    """Levels of the tree, and its nodes counted as often as an engine must repeat them."""
    below = [depth_and_weight(child) for child in children(node)]
    name = node.op if isinstance(node, Arithmetic) else getattr(node, "name", "")
    copies = 2 if isinstance(node, Case) else _COPIES.get(name, 1)
    depth = 1 + max((level for level, _ in below), default=0)
    return depth, 1 + copies * sum(weight for _, weight in below)
