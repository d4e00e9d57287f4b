"""This room's refusals, in the person's words."""

from __future__ import annotations

from yiwang.cases.models import NO_SUCH_CASE, Case
from yiwang.cases.states import MOVES, State
from yiwang.kernel.errors import NotFound, Refusal
from yiwang.kernel.words import Text


class OutOfOrder(Refusal):
    """The step asked for does not follow from where the case stands."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            Text(
                zh="办件 {number} 现在的状态是「{state}」，不能这样办理；可能已有人先办了。"
                "请刷新页面看最新进展。",
                en="Matter {number} now stands at “{state}”, so this step is not possible; "
                "someone may have acted first. Reload the page to see where it stands.",
            ).filled(number=case.number, state=str(State(case.state).label))
        )


class TaskTaken(Refusal):
    """Somebody else has this task in hand, or it is done."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这项任务已由同事领取或办结。请返回待办列表，选择下一项。",
                en="A colleague has taken or finished this task. Go back to the worklist.",
            )
        )


class NoSuchCase(NotFound):
    """No such case, or none this person may know of."""

    def __init__(self) -> None:
        super().__init__(NO_SUCH_CASE)


class ReasonsMissing(Refusal):
    """A decision against someone needs reasons."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="请写明理由和依据，让申请人看得懂为什么、接下来能做什么。",
                en="Give the reasons and the basis, so that the applicant understands why and "
                "what to do next.",
            )
        )


def must_move(case: Case, to: State) -> None:
    """Raise OutOfOrder unless `case` may go to state `to`."""
    if to not in MOVES[State(case.state)]:
        raise OutOfOrder(case)
