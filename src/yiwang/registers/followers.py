"""What rooms above tell this one: who takes up late answers, what a reading was for.

Filled in their `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.registers.models import Reading


@dataclass(frozen=True)
class Matter:
    """A case as the person concerned sees it; `url` is empty where it is not theirs to open."""

    number: str
    title: Text
    url: str = ""


# Called in one transaction with the answer, before its rows are cleared; `reading.rows` holds
# mappings of columns to JSON values, None where the source failed. May lock the root case.
ANSWERED: Registry[Callable[[Reading], None]] = Registry("follower of readings")

# A purpose as it was recorded, in words for the person; None where it is not one of the room's.
PURPOSES: Registry[Callable[[str], Text | None]] = Registry("room that words purposes")

# The items a purpose serves, as it was recorded; None where it is not one of the room's.
ITEMS: Registry[Callable[[str], Collection[str] | None]] = Registry("room that knows items")

# Acts by which staff look at what a person gave, by name: what they did, in words for the person.
LOOKS: Registry[Text] = Registry("act of looking")

# Cases by id, as the person (second argument) may know them.
MATTERS: Registry[Callable[[Collection[UUID], UUID], Mapping[UUID, Matter]]] = Registry(
    "room that tells of cases"
)


def purpose_in_words(purpose: str) -> Text:
    """A purpose in words; the recorded text itself where no room knows better."""
    for _name, tell in PURPOSES.items():
        if told := tell(purpose):
            return told
    return Text(zh=purpose, en=purpose)


def items_of(purpose: str) -> frozenset[str]:
    """The items a purpose serves; none where no room knows it."""
    for _name, tell in ITEMS.items():
        if (told := tell(purpose)) is not None:
            return frozenset(told)
    return frozenset()


def matters(cases: Collection[UUID], person: UUID) -> dict[UUID, Matter]:
    """What rooms above tell of these cases to this person."""
    told: dict[UUID, Matter] = {}
    for _name, tell in MATTERS.items():
        told.update(tell(cases, person))
    return told
