"""Rules and formulas: read once, decided for one, run over millions, said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

import polars as pl

from yiwang.kernel.words import Language
from yiwang.rules.closures import Closure, Facts, all_of, any_of, closure
from yiwang.rules.engines import sql_of
from yiwang.rules.faults import Fault, RuleFault
from yiwang.rules.frames import frame_expression
from yiwang.rules.guards import sure_when_true
from yiwang.rules.missing import Probe, probe
from yiwang.rules.notation import written
from yiwang.rules.reading import read
from yiwang.rules.renaming import renamed
from yiwang.rules.scope import Column, Scope
from yiwang.rules.sentence import Speaker
from yiwang.rules.tree import And, Node, Or, columns
from yiwang.rules.verdict import Clause, Verdict

_NOTHING: frozenset[Column] = frozenset()
_VALUES = (True, False, None)


class Formula:
    """An expression of any type over the dictionary; `type` is one of `scope.TYPES`."""

    def __init__(self, text: str, node: Node, scope: Scope) -> None:
        self.text = text
        self.type = node.type
        self.columns = columns(node)
        self._node = node
        self._scope = scope
        self._closure: Closure = closure(node)

    @classmethod
    def parse(cls, text: str, scope: Scope) -> Self:
        """Read and check `text`; raises RuleFault with every fault at once."""
        return cls(text, cls._checked(read(text, scope)), scope)

    @staticmethod
    def _checked(node: Node) -> Node:
        return node

    def value(self, facts: Facts, *, on: date) -> Any:
        """The value for one matter; None when unknown. An absent key or None is unknown."""
        return self._closure(facts, on)

    def missing(self, facts: Facts, *, on: date) -> frozenset[Column]:
        """Unknown columns that can still change the value; empty when the value is known.

        Clause-wise: what a known part of an AND, OR or CASE has settled is left out.
        """
        found: set[Column] = set()
        self._probe(facts, on, found)
        return frozenset(found)

    def sql(self, dialect: Literal["duckdb", "postgres"], *, on: date) -> str:
        """A SQL expression over columns named `"party.element"`, each one identifier."""
        return sql_of(self._node, dialect, on)

    def expr(self, *, on: date) -> pl.Expr:
        """The same for polars, over `pl.col("party.element")`.

        Select many rules at once, so that polars works out shared parts once, and count after.
        """
        return frame_expression(self._node, on)

    def in_words(self, lang: Language) -> str:
        """A plain sentence without a full stop, with the dictionary's titles."""
        return Speaker(self._scope, lang).say(self._node)

    def renamed(self, parties: Mapping[str, str], scope: Scope) -> Self:
        """The same with other party names (`{"parent": "mother"}`), checked in `scope` again.

        `exists` of a party that is not optional in `scope` is true and falls away. Raises
        RuleFault, for instance when a party has become optional and is read unguarded.
        """
        return type(self).parse(written(renamed(self._node, parties, scope)), scope)

    def under(self, name: str, scope: Scope) -> Scope:
        """`scope`, in which `name` now stands for this formula.

        Raises RuleFault where the language means something else by that name.
        """
        named = replace(scope, names={**scope.names, name: self._node})
        if read(name, named) is not self._node:
            raise RuleFault(
                [Fault(f"{name} is a word of the language.", "Choose another name.", 0)]
            )
        return named

    @property
    def sure(self) -> frozenset[str]:
        """The optional parties that exist for certain where this is true; by syntax."""
        return sure_when_true(self._node)

    @cached_property
    def _probe(self) -> Probe:
        return probe(self._node)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Rule(Formula):
    """A condition: true, false or unknown."""

    def __init__(self, text: str, node: Node, scope: Scope) -> None:
        super().__init__(text, node, scope)
        leaves: list[Node] = []
        self._judge = _skeleton(node, leaves)
        self._clauses = [_clause(leaf, scope) for leaf in leaves]

    @staticmethod
    def _checked(node: Node) -> Node:
        if node.type == "boolean":
            return node
        fault = Fault(
            f"A rule must be true or false, and this is of type {node.type}.",
            "Compare it with something, such as = or >=.",
            0,
        )
        raise RuleFault([fault])

    def parts(self) -> tuple[Self, ...]:
        """The conditions that must all be true: what AND joins at the top, else the rule itself."""
        if not isinstance(self._node, And):
            return (self,)
        return tuple(type(self)(written(node), node, self._scope) for node in self._node.parts)

    def decide(self, facts: Facts, *, on: date) -> Verdict:
        """The value with every condition's own value, and what is missing while unknown."""
        values = []
        clauses = []
        for test, by_value in self._clauses:
            value = test(facts, on)
            values.append(value)
            clauses.append(by_value[value])
        value = self._judge(values)
        missing = self.missing(facts, on=on) if value is None else _NOTHING
        return Verdict(value, tuple(clauses), missing)


def _skeleton(node: Node, leaves: list[Node]) -> Callable[[list[bool | None]], bool | None]:
    """AND and OR over the values of the leaves, which are gathered in reading order."""
    if isinstance(node, And | Or):
        parts = tuple(_skeleton(part, leaves) for part in node.parts)
        return all_of(parts) if isinstance(node, And) else any_of(parts)
    place = len(leaves)
    leaves.append(node)
    return lambda values: values[place]


def _clause(leaf: Node, scope: Scope) -> tuple[Closure, dict[bool | None, Clause]]:
    text, read_columns = written(leaf), tuple(sorted(columns(leaf)))
    clauses = {value: Clause(text, value, read_columns, leaf, scope) for value in _VALUES}
    return closure(leaf), clauses
