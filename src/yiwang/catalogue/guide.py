"""The guide to an item: the standard elements of any item, whoever declares it.

A page, a search and a checker read this and need not know what kind of declaration is behind it.
Nothing is made up: None says that the source does not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from yiwang.catalogue.types import Audience, Handling, ItemType, Level, ResultType
from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis, Limit
from yiwang.pack.pack import Pack

NoLimit = Literal["none"]


@dataclass(frozen=True)
class Office:
    """Who does it: `kind` tells a city's own department from an authority a catalogue names."""

    kind: Literal["department", "authority"]
    id: str
    title: Text


@dataclass(frozen=True)
class Paper:
    """Something to bring. `when` and `unless` tell in words on what it depends."""

    title: Text
    why: Text | None = None
    licence: str | None = None
    """The kind of licence that spares bringing it."""
    conditional: bool = False
    """Whether it is needed only in some cases."""


@dataclass(frozen=True)
class Step:
    """One step the office takes, in how many days."""

    title: Text
    limit: Limit | None = None


@dataclass(frozen=True)
class Answer:
    """A question people ask, answered."""

    ask: Text
    answer: Text


@dataclass(frozen=True)
class Guide:
    """The standard elements of one item.

    None: not told by the source. An empty tuple, and `none` for a limit: told, and there is none.
    What was published in Chinese only has the same words in both languages and is named in
    `chinese` (`title`, `address`…), so that a page can mark its language.
    """

    id: str
    kind: Literal["service", "catalogue-item"]
    """The kind of declaration behind it; a service can be applied for here."""
    title: Text
    type: ItemType | None = None
    office: Office | None = None
    code: str | None = None
    """The code of the item as its authority does it."""
    catalogue_code: str | None = None
    """The code of the item in the basic catalogue."""
    matter: Text | None = None
    """The larger matter it is a part of."""
    matter_code: str | None = None
    variant: Text | None = None
    implements: str | None = None
    """The published item in whose place this one stands."""
    aliases: tuple[Text, ...] = ()
    audiences: tuple[Audience, ...] | None = None
    themes: tuple[Text, ...] | None = None
    level: Level | None = None
    area: str | None = None
    joint: tuple[Text, ...] | None = None
    summary: Text | None = None
    basis: tuple[Basis, ...] | None = None
    acceptance: tuple[Text, ...] | None = None
    """On what conditions an application is taken or granted, in words."""
    papers: tuple[Paper, ...] | None = None
    statutory: Limit | NoLimit | None = None
    promised: Limit | NoLimit | None = None
    handling: Handling | None = None
    visits: int | None = None
    fee: Text | None = None
    free: bool | None = None
    online_payment: bool | None = None
    result: Text | None = None
    result_type: ResultType | None = None
    result_sample: str | None = None
    steps: tuple[Step, ...] | None = None
    questions: tuple[Answer, ...] | None = None
    consult: Text | None = None
    """Where questions are answered, as it was published."""
    complaint: Text | None = None
    """Where complaints are taken, as it was published."""
    address: Text | None = None
    hours: Text | None = None
    online: bool | None = None
    counter: bool | None = None
    post: bool | None = None
    booking: bool | None = None
    platform: Text | None = None
    online_at: str | None = None
    booking_at: str | None = None
    origin: str | None = None
    appeal: Text | None = None
    chinese: frozenset[str] = field(default_factory=frozenset)
    """Names of the fields above that are known in Chinese only."""


GUIDES: Registry[Callable[[Pack], Iterable[Guide]]] = Registry("guides of pack kind")
"""Kind of declaration to what makes the guides of its declarations."""
