"""Plain values the components draw; any object with the same attributes will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from yiwang.kernel.words import Text

Words = str | Text
StepState = Literal["done", "now", "waiting", "next", "stopped", "refused"]


@dataclass(frozen=True)
class Step:
    """One step of a timeline: what, how far, when, by whom, what it means; where it is proven."""

    title: Words
    state: StepState = "next"
    at: datetime | None = None
    due: date | None = None
    text: Words = ""
    by: Words = ""
    url: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a summary list: what was asked, the answer, where to change it."""

    label: Words
    value: Any = ""
    change_url: str = ""
    source: Words = ""
    as_of: date | None = None
    missing: bool = False
    url: str = ""


@dataclass(frozen=True)
class Card:
    """One licence in the wallet. `tone` is one of river, leaf, plum, amber, slate."""

    title: Words
    holder: Words
    number: str = ""
    issuer: Words = ""
    issued: date | None = None
    expires: date | None = None
    url: str = ""
    icon: str = "certificate"
    tone: str = "river"
    state: Words = ""


@dataclass(frozen=True)
class PageOf:
    """Which page of how many, and the query in front of `page=` (`?q=…&`)."""

    number: int
    of: int
    query: str = "?"

    @property
    def numbers(self) -> Sequence[int | None]:
        """Page numbers to show; None is a gap."""
        near = {1, self.of, self.number - 1, self.number, self.number + 1}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.of):
            last = shown[-1] if shown else None
            if last is not None and number - last > 1:
                shown.append(None)
            shown.append(number)
        return shown
