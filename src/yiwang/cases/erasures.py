"""Requests to erase a finished matter, as the desk reads them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yiwang.cases.models import Case, Erasure
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import ENDED, State
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.identity.queries import names_of
from yiwang.kernel.words import Text


@dataclass(frozen=True)
class Waiting:
    """A request that waits for a second person; `own` where the reader asked for it themselves."""

    erasure: Erasure
    title: Text
    by: str
    own: bool


def all_waiting() -> list[Erasure]:
    """Requests that wait for a second person, the oldest first."""
    asked = Erasure.objects.filter(state=Erasure.State.ASKED)
    return list(asked.select_related("root").order_by("asked_at"))


def waiting(staff: Staff) -> list[Waiting]:
    """All that wait, as this member of staff sees them."""
    asked = all_waiting()
    names = names_of({UUID(one.asked_by) for one in asked if one.asked_by_kind == "staff"})
    return [
        Waiting(
            one,
            procedure_of(one.root).title(one.root),
            names[UUID(one.asked_by)] if one.asked_by_kind == "staff" else one.asked_by,
            (one.asked_by_kind, one.asked_by) == ("staff", str(staff.id)),
        )
        for one in asked
    ]


def may_ask(root: Case, staff: Staff) -> bool:
    """Whether this member of staff could ask that this matter be erased."""
    asks = holds(staff, "cases.ask_erasure", department=root.department)
    return asks and State(root.state) in ENDED
