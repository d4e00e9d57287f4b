"""What a rule answers about one matter, condition by condition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yiwang.kernel.words import Language
from yiwang.rules.scope import Column, Scope
from yiwang.rules.sentence import Speaker
from yiwang.rules.tree import Node


@dataclass(frozen=True)
class Clause:
    """One condition of a rule: its text, its value (None: unknown), the columns it reads."""

    text: str
    value: bool | None
    columns: tuple[Column, ...]
    _node: Node = field(repr=False, compare=False)
    _scope: Scope = field(repr=False, compare=False)

    def in_words(self, lang: Language) -> str:
        """The condition as a plain sentence without a full stop."""
        return Speaker(self._scope, lang).say(self._node)

    def to_json(self) -> dict[str, Any]:
        """`{"text", "value", "columns": ["party.element", …]}`."""
        return {
            "text": self.text,
            "value": self.value,
            "columns": [str(column) for column in self.columns],
        }


@dataclass(frozen=True)
class Verdict:
    """`value` of the whole rule, its clauses in order, and what could still change an unknown."""

    value: bool | None
    clauses: tuple[Clause, ...]
    missing: frozenset[Column]

    def to_json(self) -> dict[str, Any]:
        """`{"value", "clauses": [Clause…], "missing": ["party.element", …]}`, sorted."""
        return {
            "value": self.value,
            "clauses": [clause.to_json() for clause in self.clauses],
            "missing": sorted(str(column) for column in self.missing),
        }
