"""Where a case stands, as the office says it."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.models import Case
from yiwang.cases.states import Outcome, State
from yiwang.kernel.words import Text

ENDED: Mapping[str, Text] = {
    Outcome.GRANTED: Text(zh="已同意", en="Granted"),
    Outcome.REFUSED: Text(zh="不予通过", en="Refused"),
    Outcome.NOT_ACCEPTED: Text(zh="不予受理", en="Not accepted"),
    Outcome.WITHDRAWN: Text(zh="已撤回", en="Withdrawn"),
    Outcome.PARTLY: Text(zh="部分同意", en="Partly granted"),
}
UNDER_WAY: Mapping[str, Text] = {
    State.DRAFT: Text(zh="还没提交", en="Not sent yet"),
    State.WAITING: Text(zh="等前面的事项", en="Waits for another item"),
    State.SUBMITTED: Text(zh="待受理", en="To be accepted"),
    State.ACCEPTED: Text(zh="已受理，待审批", en="Accepted, to be decided"),
    State.SUPPLEMENTING: Text(zh="等申请人补正", en="Waits for the applicant"),
    State.PAYING: Text(zh="等缴费", en="Waits for payment"),
    State.UNDER_WAY: Text(zh="办理中", en="Under way"),
    State.DECIDED: Text(zh="已决定", en="Decided"),
    State.NOT_ACCEPTED: Text(zh="不予受理", en="Not accepted"),
    State.WITHDRAWN: Text(zh="已撤回", en="Withdrawn"),
    State.CLOSED: Text(zh="已办结", en="Closed"),
}
TONES = {
    Outcome.GRANTED: "good",
    Outcome.REFUSED: "bad",
    Outcome.NOT_ACCEPTED: "bad",
    State.SUPPLEMENTING: "wait",
    State.PAYING: "wait",
    State.SUBMITTED: "now",
    State.ACCEPTED: "now",
    State.UNDER_WAY: "now",
}


def stands_at(case: Case) -> Text:
    """How it ended, else what it waits for."""
    return ENDED[case.outcome] if case.outcome else UNDER_WAY[case.state]


def tone_of(case: Case) -> str:
    """The tone of that, for the status component."""
    return TONES.get(case.outcome or case.state, "neutral")
