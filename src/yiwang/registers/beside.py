"""What rooms above say beside a reading on its person's page. Filled in their `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from yiwang.kernel.registry import Registry
from yiwang.registers.uses import Use
from yiwang.ui.parts import Row

Says = Callable[[Sequence[Use], UUID, UUID], Mapping[UUID, Sequence[Row]]]

# Lines by act, for readings about somebody's data (second argument), to the person who looks
# (third).
BESIDE: Registry[Says] = Registry("room that answers for readings")


def beside(uses: Sequence[Use], subject: UUID, person: UUID) -> dict[UUID, list[Row]]:
    """What rooms above say beside these readings."""
    found: dict[UUID, list[Row]] = {}
    for _name, say in BESIDE.items():
        for act, rows in say(uses, subject, person).items():
            found.setdefault(act, []).extend(rows)
    return found
