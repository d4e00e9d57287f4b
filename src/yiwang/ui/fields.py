"""A question on a page, as a plain value: rooms build fields, `{% field f %}` draws them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from yiwang.kernel.words import Text

Words = str | Text
FieldType = Literal[
    "text",
    "long_text",
    "integer",
    "decimal",
    "money",
    "date",
    "boolean",
    "code",
    "codes",
    "identity_number",
    "phone",
    "email",
    "address",
    "password",
    "file",
    "consent",
    "signature_code",
]
RADIOS_AT_MOST = 6
TOO_LONG = Text(
    zh="最多 {longest} 个字，现在有 {length} 个。请写短一些。",
    en="At most {longest} characters; this has {length}. Please shorten it.",
)


@dataclass(frozen=True)
class Choice:
    """One value a code may take: `value` is sent, `title` is read, `help` explains."""

    value: str
    title: Words
    help: Words = ""


@dataclass(frozen=True)
class Upload:
    """A file already there: name, size in bytes, where to open it, where to take it back."""

    name: str
    size: int
    url: str = ""
    remove_url: str = ""


@dataclass(frozen=True)
class Field:
    """One question: what is asked, how it is answered, what is known already.

    `value` is what stands there now: str, int, Decimal, date, bool, a sequence of codes, or a
    sequence of Upload, by `type`. `source` and `as_of` say where a prefilled value comes from and
    of which day it is; `wrong_url` is where the person contests it. With `fixed` the value is
    shown, not asked. `minimum` and `maximum` bound dates and numbers; `longest` is characters,
    `max_bytes` is bytes of one file; `send_url` takes the form when a new signature code is asked.
    """

    name: str
    label: Words
    type: FieldType = "text"
    help: Words = ""
    codes: Sequence[Choice] = ()
    value: Any = None
    error: Words = ""
    required: bool = True
    fixed: bool = False
    source: Words = ""
    as_of: date | None = None
    wrong_url: str = ""
    provisional: bool = False
    minimum: date | int | Decimal | None = None
    maximum: date | int | Decimal | None = None
    longest: int | None = None
    unit: Words = ""
    accept: str = ""
    max_bytes: int | None = None
    capture: bool = False
    many: bool = False
    text: Words = ""
    send_url: str = ""
    autocomplete: str = ""
    heading: bool = False

    @property
    def id(self) -> str:
        """The id of the control in the page; the error summary links to it."""
        return "f-" + re.sub(r"[^\w-]", "-", self.name)

    @property
    def widget(self) -> str:
        """Which template draws the control."""
        if self.fixed:
            return "known"
        if self.type in ("code", "boolean"):
            return "select" if len(self.codes) > RADIOS_AT_MOST else "radios"
        return _WIDGETS.get(self.type, "text")

    @property
    def grouped(self) -> bool:
        """Whether the question is a group of controls (fieldset and legend), not one control."""
        return self.widget in ("radios", "checks")

    @property
    def focus(self) -> str:
        """The id the error summary sends the person to: the first control of the question."""
        return f"{self.id}-1" if self.grouped else self.id

    @property
    def described_by(self) -> str:
        """Ids of the texts that explain the control, for `aria-describedby`."""
        parts = {"error": self.error, "help": self.hint, "source": self.source}
        return " ".join(f"{self.id}-{name}" for name, there in parts.items() if there)

    @property
    def hint(self) -> Words:
        """The help, and how long an answer in one's own words may be; may be empty."""
        if self.longest is None or self.type != "long_text" or self.fixed:
            return self.help
        most = Text(zh=f"最多 {self.longest} 个字。", en=f"At most {self.longest} characters.")
        return f"{self.help} {most}".strip()

    def typed(self, data: Mapping[str, str]) -> Field:
        """The same field with what was typed into it, and what is wrong where that is too long."""
        value = data.get(self.name, "").replace("\r\n", "\n").strip()
        if self.longest is None or len(value) <= self.longest:
            return replace(self, value=value)
        error = TOO_LONG.filled(longest=self.longest, length=len(value))
        return replace(self, value=value, error=error)

    def with_error(self, error: Words) -> Field:
        """The same field, telling what is wrong with the answer."""
        return replace(self, error=error)


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what is wrong, and the id of the control to mend."""

    text: Words
    target: str = ""


def problems(fields: Sequence[Field]) -> list[Problem]:
    """What is wrong in `fields`, in their order, for `{% error_summary %}`."""
    return [Problem(field.error, field.focus) for field in fields if field.error]


_WIDGETS: dict[str, str] = {
    "long_text": "long_text",
    "address": "long_text",
    "date": "date",
    "codes": "checks",
    "file": "file",
    "consent": "consent",
    "signature_code": "signature_code",
}
