"""Text declared in two languages, printed in the one being spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["zh", "en"]
_spoken: ContextVar[Language] = ContextVar("spoken", default="zh")


class Text(BaseModel):
    """The same words in Chinese and English; `str()` gives the language being spoken."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The words in `language`."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.say(_spoken.get())

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def filled(self, **values: object) -> Text:
        """The same text with its `{names}` filled in both languages."""
        in_zh = {k: v.zh if isinstance(v, Text) else v for k, v in values.items()}
        in_en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(zh=self.zh.format(**in_zh), en=self.en.format(**in_en))


def spoken() -> Language:
    """The language in which declared text is printed now."""
    return _spoken.get()


def speak(language: str) -> None:
    """Print declared text in this language from here on; anything but Chinese is English."""
    _spoken.set("zh" if language.lower().startswith("zh") else "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block only."""
    token = _spoken.set("zh" if language.lower().startswith("zh") else "en")
    try:
        yield
    finally:
        _spoken.reset(token)
