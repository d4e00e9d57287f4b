"""What follows when a case ends: its tasks and clocks, its root, the others that waited."""

from __future__ import annotations

from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.cases.review import lapse
from yiwang.cases.states import ENDED, Outcome, State
from yiwang.cases.tasks import cancel_all, stop_clocks
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, record

NOT_DONE = frozenset(State) - ENDED


def end(case: Case, state: State, outcome: Outcome, *, by: Actor) -> None:
    """Close one item's case and let the rest of its root follow; the root is locked already."""
    case.state, case.outcome = state, outcome
    case.decided_at = case.decided_at or moment.now()
    case.closed_at = moment.now()
    case.save(update_fields=["state", "outcome", "decided_at", "closed_at", "by_rule"])
    cancel_all(case)
    stop_clocks(case)
    procedure_of(case).ended(case, by=by)
    procedure_of(case).go_on(case.root, by=by)
    if not case.is_root:
        lapse(case.root)
        settle_root(case.root, by=by)


def settle_root(root: Case, *, by: Actor) -> None:
    """Close a bundle once none of its items can go on; what waits for a refused item does not
    hold it open for ever, and is taken up again when the refused one is tried anew."""
    family = list(root.children.all())
    live = [c for c in family if State(c.state) in NOT_DONE and not _stuck(c, family)]
    if live or root.state != State.UNDER_WAY:
        return
    root.state, root.outcome, root.closed_at = State.CLOSED, _outcome(root), moment.now()
    root.save(update_fields=["state", "outcome", "closed_at"])
    stop_clocks(root)
    about = root.applies
    record("case.closed", by=by, about=about, case=root.id, body={"outcome": root.outcome})


def _stuck(case: Case, family: list[Case]) -> bool:
    if case.state != State.WAITING:
        return False
    before = [one for one in family if one.id in case.waits_for]
    return any(State(one.state) in ENDED and one.outcome != Outcome.GRANTED for one in before) or (
        any(_stuck(one, family) for one in before)
    )


def _outcome(root: Case) -> Outcome:
    latest = {(c.what, c.role, c.index): c.outcome for c in root.children.order_by("round")}
    outcomes = set(latest.values())
    if len(outcomes) == 1 and (only := outcomes.pop()):
        return Outcome(only)
    return Outcome.PARTLY if Outcome.GRANTED in latest.values() else Outcome.REFUSED
