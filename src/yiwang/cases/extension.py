"""Whether the limits of a case may be made longer now. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from yiwang.cases.models import Case, Clock
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import ENDED, State
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.kernel import moment

Why = Literal["ended", "not-begun", "extended", "paused", "over", "not-declared"]


def extendable(case: Case) -> list[Clock]:
    """The limits an extension moves: an item's own; of a bundle the joint one and its promise."""
    return list(case.clocks.all())


def running(clocks: Iterable[Clock]) -> list[Clock]:
    """Those that neither stand still nor were stopped."""
    return [one for one in clocks if one.paused_on is None and one.stopped_on is None]


def refusal(case: Case) -> Why | None:
    """Why the limits cannot be made longer; None where they can."""
    if State(case.state) in ENDED:
        return "ended"
    clocks = extendable(case)
    if not clocks:
        return "not-begun"
    if any(one.extended for one in clocks):
        return "extended"
    if len(running(clocks)) < len(clocks):
        return "paused"
    law = next((one for one in clocks if one.kind != Clock.Kind.PROMISED), clocks[0])
    return "over" if law.due_on < moment.today() else None


def may_extend(case: Case, staff: Staff) -> bool:
    """Whether this member of staff could extend the limits of this case now."""
    if not holds(staff, "cases.extend", department=case.department, service=case.what):
        return False
    declared = procedure_of(case).terms(case).extension is not None
    return declared and refusal(case) is None
