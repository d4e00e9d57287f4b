"""What a rule may read: the parties of a matter and the elements of the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from yiwang.kernel.words import Text

if TYPE_CHECKING:
    from yiwang.rules.tree import Node

EXISTS = "exists"
TYPES = ("text", "integer", "decimal", "money", "date", "boolean", "code")


class Column(NamedTuple):
    """One element of one party, `child.birth_date`; `str()` gives that form.

    A named tuple, because its hash is made in C: every condition looks one up.
    """

    party: str
    element: str

    def __str__(self) -> str:
        return f"{self.party}.{self.element}"

    def __repr__(self) -> str:
        return f"Column({self.party}.{self.element})"


@dataclass(frozen=True)
class ElementType:
    """How an element of the dictionary is read; `type` is one of `TYPES`.

    `codes` are the values a code may have (none: any), `code_titles` their names.
    """

    type: str
    codes: tuple[str, ...] = ()
    title: Text | None = None
    code_titles: Mapping[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"an element cannot be of type {self.type!r}; known: {TYPES}")


@dataclass(frozen=True)
class PartyScope:
    """A role in a matter: `optional` may be nobody, `many` may be several."""

    title: Text | None = None
    optional: bool = False
    many: bool = False


@dataclass(frozen=True)
class Scope:
    """Any declared element may be read of any declared party.

    Every optional party also has `exists`, a boolean. `names` stand for whole formulas
    (`Formula.under`).
    """

    parties: Mapping[str, PartyScope]
    elements: Mapping[str, ElementType]
    names: Mapping[str, Node] = field(default_factory=dict)
