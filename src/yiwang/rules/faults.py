"""What is wrong with a rule, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.kernel.words import Text
from yiwang.rules.in_chinese import in_chinese


@dataclass(frozen=True)
class Fault:
    """One mistake: a plain sentence, its remedy, and the character it begins at (from 0)."""

    message: str
    remedy: str
    position: int | None = None

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"

    @property
    def what(self) -> Text:
        """The mistake in both languages."""
        return Text(zh=in_chinese(self.message), en=self.message)

    @property
    def instead(self) -> Text:
        """The remedy in both languages."""
        return Text(zh=in_chinese(self.remedy), en=self.remedy)


class RuleFault(Exception):
    """A text that is no rule; `faults` are all its mistakes, at least one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
