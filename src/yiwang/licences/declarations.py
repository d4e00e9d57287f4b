"""The kind this room owns: licence kind."""

from __future__ import annotations

from typing import Annotated, Literal

from yiwang.kernel.words import Text
from yiwang.licences import checks
from yiwang.pack.declaration import KINDS, Declaration, Kind, Part, Refers


class Validity(Part):
    """How long a licence holds from the day it is issued; nothing given: for good."""

    years: int | None = None
    months: int | None = None


class LicenceKind(Declaration):
    """A kind of certificate or entitlement: who issues it, who holds it, what it states.

    Each field is an element of the holder: whoever holds the licence has that element proven.
    `number` is a pattern: `{year}`, `{region}`, `{serial:06}` are filled in.
    """

    title: Text
    issuer: Annotated[str, Refers("department")]
    holder: Literal["person", "organisation"] = "person"
    fields: tuple[Annotated[str, Refers("element")], ...]
    number: str
    valid: Validity = Validity()
    colour: Literal["red", "blue", "green", "gold", "grey"] = "blue"
    about: Text


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
