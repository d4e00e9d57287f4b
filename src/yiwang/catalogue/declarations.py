"""The kinds this room owns: catalogue item and authority, and the elements of a guide."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from yiwang.catalogue.types import Audience, Handling, ItemType, Level, ResultType
from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Basis, Declaration, Kind, Limit, Part, Refers

Said = Text | str  # in both languages, or only as it was published


class Step(Part):
    """One step an authority takes."""

    title: Said
    """What is done."""
    limit: Limit | None = None
    """In how many days."""


class Elements(Part):
    """Standard elements of a guide that people are told and no procedure reads. Whoever declares
    an item may give them; what is not given is not told."""

    aliases: tuple[Said, ...] = ()
    """Short names, and what people say in daily life."""
    audiences: tuple[Audience, ...] | None = None
    """Whom it is for."""
    themes: tuple[Said, ...] | None = None
    """Subjects and events in life it belongs to."""
    handling: Handling | None = None
    """Done while one waits (即办件), or within a promised time (承诺件)."""
    free: bool | None = None
    """Whether it costs nothing."""
    online_payment: bool | None = None
    """Whether a fee can be paid online."""
    result_type: ResultType | None = None
    """What sort of thing people get."""
    result_sample: str | None = None
    """Where a sample of the result is shown: an address or a file of the pack."""
    steps: tuple[Step, ...] | None = None
    """The steps the authority takes, each with its days."""
    consult: str | None = None
    """Where questions are answered: a telephone number, or as it was published."""
    complaint: str | None = None
    """Where complaints are taken: another office's number, or as it was published."""
    address: Said | None = None
    """Where it is done in person, down to the window."""
    hours: Said | None = None
    """When that place is open: days and times."""
    online: bool | None = None
    """Whether it can be done online."""
    counter: bool | None = None
    """Whether it can be done at a window."""
    post: bool | None = None
    """Whether papers and results can go by post."""
    booking: bool | None = None
    """Whether an appointment can be booked."""
    platform: Said | None = None
    """The site or system where it is done online."""
    online_at: str | None = None
    """The address where it is done online."""
    booking_at: str | None = None
    """The address where appointments are booked."""
    origin: str | None = None
    """Where the item was published."""


class Authority(Declaration):
    """An authority that a published catalogue names. It is no office of the city: `department` says
    which of the city's own offices does its work here, where one does."""

    title: Said
    """Its full name."""
    code: str | None = None
    """Its organisation code."""
    level: Level | None = None
    """How high it stands."""
    area: str | None = None
    """The code of its region."""
    department: Annotated[str, Refers("department")] | None = None
    """The city's own office that does this here."""


class Codes(Part):
    """The numbers an item goes by."""

    item: str | None = None
    """The code of the item as this authority does it (实施编码)."""
    catalogue: str | None = None
    """The code of the item in the basic catalogue (基本编码)."""
    handling: str | None = None
    """The code of this very way of doing it (业务办理项编码)."""


class Matter(Part):
    """The larger matter an item is a part of."""

    title: Said
    """Its name."""
    code: str | None = None
    """Its code."""


class ItemLimits(Part):
    """The time the law leaves and the time the authority promises; `none` says that the source
    tells of no limit, leaving it out says nothing."""

    statutory: Limit | Literal["none"] | None = None
    """What the law allows."""
    promised: Limit | Literal["none"] | None = None
    """What the authority promises."""


class CatalogueItem(Elements, Declaration):
    """A service item as an authority publishes it (政务服务事项).

    Most standard elements are optional, for exports lack them. `original` keeps every foreign
    value that is not told here word for word, so that nothing is lost.
    """

    title: Said
    """Its name."""
    codes: Codes = Codes()
    """The numbers it goes by."""
    matter: Matter | None = None
    """The larger matter it is a part of."""
    variant: Said | None = None
    """Which case of the matter it is: new, changed, renewed."""
    type: ItemType | None = None
    """What sort of act it is."""
    authority: Annotated[str, Refers("authority")] | None = None
    """The authority that does it."""
    department: Annotated[str, Refers("department")] | None = None
    """The city's own office that does it, for an item the city itself declares here."""
    joint: tuple[Said, ...] | None = None
    """Others who take part, and in what."""
    level: Level | None = None
    """The level at which it is done."""
    area: str | None = None
    """The code of the region in which it is done."""
    summary: Said | None = None
    """What people get and who can have it."""
    basis: tuple[Basis, ...] | None = None
    """The laws it rests on."""
    acceptance: Said | None = None
    """On what conditions an application is taken (受理条件)."""
    materials: tuple[Said, ...] | None = None
    """What to bring, by name; an empty list says that nothing need be brought."""
    limits: ItemLimits = ItemLimits()
    """By when it is done."""
    visits: Annotated[int, Field(ge=0, le=99)] | None = None
    """How often one must come in person."""
    fee: Said | None = None
    """What it costs, in words."""
    result: Said | None = None
    """What people get, in words."""
    appeal: Said | None = None
    """How to object."""
    original: dict[str, Any] = Field(default_factory=dict)
    """Every value of the source that does not stand above word for word, by its foreign name."""


KINDS.add(
    "authority",
    Kind("authority", "authorities", Authority, Text(zh="实施机关", en="authority")),
)
KINDS.add(
    "catalogue-item",
    Kind("catalogue-item", "catalogue", CatalogueItem, Text(zh="目录事项", en="catalogue item")),
)
