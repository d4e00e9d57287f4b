"""The kind this room owns: licence kind."""

from __future__ import annotations

from typing import Annotated, Literal

from yiwang.kernel.words import Text
from yiwang.licences import checks
from yiwang.pack.declaration import KINDS, Declaration, Kind, Part, Refers


class Validity(Part):
    """How long a licence holds from the day it is issued; nothing given: for good."""

    years: int | None = None
    """Years from the day of issue."""
    months: int | None = None
    """Months from the day of issue."""


class LicenceKind(Declaration):
    """A kind of certificate or entitlement: who issues it, who holds it, what it states.

    Each field is an element of the holder: whoever holds the licence has that element proven.
    `number` is a pattern: `{year}`, `{region}`, `{serial:06}` are filled in.
    """

    title: Text
    """Its name."""
    issuer: Annotated[str, Refers("department")]
    """The department that issues it."""
    holder: Literal["person", "organisation"] = "person"
    """Who may hold it."""
    fields: tuple[Annotated[str, Refers("element")], ...]
    """What it states about its holder."""
    number: str
    """How its number is made: `{year}`, `{region}` and `{serial:06}` are filled in."""
    valid: Validity = Validity()
    """How long it holds; nothing given: for good."""
    colour: Literal["red", "blue", "green", "gold", "grey"] = "blue"
    """The colour of its card in the wallet."""
    about: Text
    """What it is good for, in a sentence."""


KINDS.add(
    "licence-kind",
    Kind(
        "licence-kind",
        "licences",
        LicenceKind,
        Text(zh="证照类型", en="licence kind"),
        checks.licence_kinds,
    ),
)
