"""A member of staff at the desk: finds a task by item and number, and does what its page offers."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.journeys.visitor import DESKTOP, Visitor


class Clerk:
    """`visitor` is the factory of the fixture; `account` the clerk's user name."""

    def __init__(self, visitor: Callable[..., Visitor], account: str) -> None:
        self.at = visitor(size=DESKTOP)
        self.at.sign_in(account)

    def take(self, item: str, number: str, *, look: bool = False) -> None:
        """Find the task on my department's list, take it in hand, open it."""
        self.at.open(f"/desk/?tab=open&find={number}")
        if look:
            self.at.look()
        row = self.at.main.get_by_role("row").filter(has_text=item).filter(has_text=number)
        with self.at.page.expect_navigation():
            row.get_by_role("button", name=re.compile("领取")).click()
        self.at.follow("打开")

    def resume(self, item: str, number: str) -> None:
        """Open a task that came back to me."""
        self.at.open(f"/desk/?tab=mine&find={number}")
        row = self.at.main.get_by_role("row").filter(has_text=item)
        with self.at.page.expect_navigation():
            row.get_by_role("link").click()

    def accept(self) -> None:
        """Accept, and go on to deciding."""
        self.at.press("受理", exact=True)
        self.at.follow(re.compile("接着办：审批"))

    def grant(self, **fills: str) -> None:
        """Grant, with the values that are the office's to state."""
        for label, value in fills.items():
            self.at.main.get_by_label(label).fill(value)
        self.at.press("同意", exact=True)
        assert self.at.path.endswith("/finished/"), self.at.reads()

    def ask(self, note: str, *things: str) -> None:
        """Ask the applicant for these things, after a look at what they will read."""
        self.at.follow("要求补正")
        for one in things:
            self.at.main.get_by_label(one, exact=True).check()
        self.at.main.get_by_label("需要补什么、怎么补").fill(note)
        self.at.press("预览要发出的内容")
        self.at.see("申请人将看到以下内容", note)
        self.at.press("发出补正通知")

    def refuse(self, ground: str, reasons: str) -> None:
        """Refuse on a condition, after a look at what the applicant will read."""
        self.at.follow("不予通过")
        self.at.main.get_by_label(ground).check()
        self.at.main.get_by_label("理由").fill(reasons)
        self.at.press("预览要发出的内容")
        self.at.see("申请人将看到以下内容", reasons)
        self.at.press("确认不予通过")

    def whole(self, item: str, number: str, **fills: str) -> None:
        """Take, accept, grant."""
        self.take(item, number)
        self.accept()
        self.grant(**fills)
