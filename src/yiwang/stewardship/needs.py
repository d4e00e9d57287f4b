"""What items need, told by the room that owns them: the least a department may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.registers.declarations import Register


@dataclass(frozen=True)
class Items:
    """A room with items: those of a department with their titles, the elements one item reads."""

    of: Callable[[str], Mapping[str, Text]]
    reads: Callable[[str], frozenset[str]]


ITEMS: Registry[Items] = Registry("room with items that read registers")


def items_of(department: str) -> dict[str, Text]:
    """The items of a department, by id."""
    found: dict[str, Text] = {}
    for _name, room in ITEMS.items():
        found.update(room.of(department))
    return found


def needed(register: Register, items: Iterable[str]) -> frozenset[str]:
    """The columns of a register at least one of these items reads, and those a row is found by."""
    elements = frozenset(
        element for id in items for _name, room in ITEMS.items() for element in room.reads(id)
    )
    named = {name for name, element in register.columns.items() if element in elements}
    return frozenset({*named, register.key} if named else ())
