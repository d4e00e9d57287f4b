"""This room's refusals, in the person's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

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


class CannotErase(Refusal):
    """What a matter holds cannot be erased now, or not by who wants it."""

    WHY: ClassVar[Mapping[str, Text]] = {
        "under-way": Text(
            zh="还没有办结，不能删除。请等它办结或者撤回。",
            en="It is not finished, so it cannot be erased. Wait until it is decided or withdrawn.",
        ),
        "erased": Text(zh="已经删除过了。", en="It is erased already."),
        "asked": Text(
            zh="已经有人申请删除，正在等另一位同事核准。",
            en="Somebody has asked for that already; a second person has to confirm it.",
        ),
        "not-asked": Text(
            zh="没有人申请过删除它。请先申请。",
            en="Nobody asked that it be erased. Ask first.",
        ),
        "answered": Text(zh="这个申请已经有了答复。", en="This request was answered already."),
        "same": Text(
            zh="申请删除的人不能自己核准，请另一位同事核准。",
            en="Who asked for it cannot confirm it; a second person has to.",
        ),
    }

    def __init__(self, why: str) -> None:
        super().__init__(self.WHY[why])


class CannotExtend(Refusal):
    """The limits of this case cannot be made longer now."""

    WHY: ClassVar[Mapping[str, Text]] = {
        "not-declared": Text(
            zh="这个事项没有可以延长时限的规定。", en="No rule allows more time for this item."
        ),
        "ended": Text(zh="已经办结，没有时限可延。", en="It has ended; no limit runs any more."),
        "not-begun": Text(
            zh="还没开始计时，等前面的事项办好再说。",
            en="Its limits have not begun; it still waits for another item.",
        ),
        "extended": Text(
            zh="时限已经延长过一次，依法不能再延。请尽快作出决定。",
            en="The limit was extended once already; the law allows no second time. Decide soon.",
        ),
        "paused": Text(
            zh="正在等申请人补正，时限停着，不用延长。",
            en="It waits for the applicant and the limit stands still: no more time is needed.",
        ),
        "over": Text(
            zh="时限已过，不能再补办延期。请立即作出决定，并向申请人说明。",
            en="The limit is over and cannot be extended afterwards. Decide at once and tell the "
            "applicant why it is late.",
        ),
    }

    def __init__(self, case: Case, why: str) -> None:
        self.why = why
        super().__init__(
            Text(
                zh="办件 {number} 不能延长时限：{why}",
                en="The limit of {number} cannot be extended. {why}",
            ).filled(number=case.number, why=self.WHY[why])
        )


class AwaitsReview(Refusal):
    """The decision waits for the joint review."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这一项要等联合评审有了结论才能决定。现在可以先出具本部门的评审意见。",
                en="This item is decided once the joint review has concluded. You can give your "
                "department's opinion now.",
            )
        )


class ReviewOver(Refusal):
    """The joint review has concluded; nothing more is taken."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="联合评审已经结束，不再收意见。您的意见可以写在本部门的决定理由里。",
                en="The joint review has concluded and takes no more opinions. Say it in the "
                "reasons of your own decision.",
            )
        )


class ReviewNotHeld(Refusal):
    """The joint review has not been held yet."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="评审会还没到时间，也还有部门没出意见，现在不能记录结论。",
                en="The meeting is still to come and some department has not given its opinion, "
                "so nothing can be concluded yet.",
            )
        )


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
