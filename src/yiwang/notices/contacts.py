"""How to reach people, told by the room that knows their accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Contact:
    """Where messages to someone go; empty where there is no such way. `language`: zh-hans, en."""

    phone: str = ""
    email: str = ""
    language: str = "zh-hans"


Teller = Callable[[Iterable[UUID]], dict[UUID, Contact]]
_teller: list[Teller] = []


def provide(teller: Teller) -> None:
    """Let `teller` say how to reach people by id; called once, by a room above."""
    _teller[:] = [teller]


def contacts_of(ids: Iterable[UUID]) -> dict[UUID, Contact]:
    """How to reach each of `ids`; whoever has no account is left out."""
    return _teller[0](ids) if _teller else {}
