"""This room's refusals, in the person's words."""

from __future__ import annotations

from yiwang.kernel.errors import NotAllowed
from yiwang.kernel.words import Text


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
