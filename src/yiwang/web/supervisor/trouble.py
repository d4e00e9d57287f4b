"""Why the city cannot be started, and what to do about it."""

from __future__ import annotations

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text


class CannotStart(YiwangError):
    """One sentence for the person at the terminal: what is in the way and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh=zh, en=en)

    def __str__(self) -> str:
        return str(self.text)
