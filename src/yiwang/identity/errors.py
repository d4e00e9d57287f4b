"""This room's refusals, in the person's words."""

from __future__ import annotations

from yiwang.kernel.errors import NotAllowed, Refusal
from yiwang.kernel.words import Text


class TooOften(Refusal):
    """One address asks more often than everybody else's share allows."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(
            Text(
                zh="从您的网络发来的请求太多了。请等 {seconds} 秒再试，已保存的内容不会丢失。",
                en="Too many requests came from your network. Wait {seconds} seconds and try "
                "again; what you saved is kept.",
            ).filled(seconds=seconds)
        )


class NoMandate(NotAllowed):
    """The person may not act for this organisation in this matter."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="您现在不能代表这家单位办这件事。只有法定代表人，或单位授权办理这件事的人可以办；"
                "刚刚变更过的，请以登记为准。",
                en="You cannot act for this organisation in this matter. Only its legal "
                "representative, or somebody it authorised for this, can; after a change the "
                "register decides.",
            )
        )
