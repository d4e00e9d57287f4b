"""This room's refusals, in the person's words."""

from __future__ import annotations

from yiwang.kernel.errors import NotFound, Refusal
from yiwang.kernel.words import Text


class NoSuchConcern(NotFound):
    """No such question, or none this visitor may know of."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有找到这条疑问。请回到列表里打开。",
                en="There is no such question for you. Open it from the list.",
            )
        )


class NoSuchReading(NotFound):
    """No such reading of this person's data."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有找到这次查询记录。请到「谁查看过我的数据」里重新选择。",
                en="There is no such reading of your data. Choose it under “Who read my data”.",
            )
        )


class AskedAlready(Refusal):
    """The same reading was questioned and the answer is still to come."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这次查询您已经问过了，部门正在答复。答复会通知您，也显示在记录旁边。",
                en="You have asked about this reading already; the answer is on its way. You will "
                "be told, and it will stand beside the reading.",
            )
        )


class AnsweredAlready(Refusal):
    """A colleague was faster."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这条疑问已有同事答复。请返回列表处理下一条。",
                en="A colleague has answered this already. Go back to the list.",
            )
        )


class NoSuchRequest(NotFound):
    """No such request for access, or none this department may know of."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有找到这份申请。请从列表里打开。",
                en="There is no such request for you. Open it from the list.",
            )
        )


class NoSuchGrant(NotFound):
    """No such grant, or none this department may know of."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有找到这项授权。请从列表里打开。",
                en="There is no such grant for you. Open it from the list.",
            )
        )


class DecidedAlready(Refusal):
    """A colleague was faster."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这份申请已有同事审核过。请返回列表。",
                en="A colleague has decided this already. Go back to the list.",
            )
        )
