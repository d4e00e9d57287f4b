"""The kind this room owns: terms, within which questions and requests about data are answered."""

from __future__ import annotations

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration, Kind, Limit, Part
from yiwang.pack.pack import Pack

FOLDER = "stewardship"


class Reason(Part):
    """One reason a person can pick when they question a reading."""

    id: str = Field(pattern=r"^[a-z][a-z-]{0,31}$")
    """What it is kept by."""
    title: Text
    """What the person reads."""


REASONS = (
    Reason(
        id="unknown",
        title=Text(zh="我没有办这件事", en="I applied for nothing of the kind"),
    ),
    Reason(
        id="too-much",
        title=Text(zh="查的内容比办这件事需要的多", en="More was read than this needs"),
    ),
    Reason(id="too-often", title=Text(zh="查得太频繁", en="It was read too often")),
    Reason(id="other", title=Text(zh="其他原因", en="Something else")),
)


class Terms(Declaration):
    """How long a department has to answer, and what people can choose from when they ask.

    A city without it lives by the values here. A question nobody answered in time goes to the head
    of the department as well.
    """

    question: Limit = Limit(days=5)
    """To answer a person who asks why their data was read."""
    unconditional: Limit = Limit(days=2)
    """To decide a department's request for a register that is shared without conditions."""
    conditional: Limit = Limit(days=5)
    """To decide a request for one that is shared on conditions."""
    others: Limit = Limit(days=10)
    """To decide where another agency keeps the data and has to be heard."""
    longest: int = Field(default=365, ge=1, le=3650)
    """For how many days access can be asked for at most."""
    reasons: tuple[Reason, ...] = Field(default=REASONS, min_length=1)
    """Why a reading is questioned: what a person picks from."""


STANDARD = Terms(id="standard")


def terms_of(pack: Pack) -> Terms:
    """The terms of the city, the standard ones where it declares none."""
    return next(iter(pack.all(Terms).values()), STANDARD)


KINDS.add("terms", Kind("terms", FOLDER, Terms, Text(zh="数据权利时限", en="terms of data rights")))
