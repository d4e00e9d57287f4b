"""The kinds this room owns: service and bundle. Their checks stand in `checks.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis, Declaration, Limit, Part, Refers

ElementRef = Annotated[str, Refers("element")]


class Found(Part):
    """How a register tells who a party is: the rows whose columns equal known values, and for
    which the rule `where` (over `this.element`, of what is given) is true.

    `by` maps columns to `party.element`; `gives` maps elements of this party to columns.
    `none_means` says what no row tells: that there is no such party, or nothing.
    """

    register_: Annotated[str, Refers("register"), Field(alias="register")]
    by: dict[str, str]
    gives: dict[ElementRef, str]
    where: str | None = None
    none_means: Literal["absent", "unknown"] = "unknown"


class Party(Part):
    """Someone or something an item is about, as the item or bundle names it.

    `section` is where elements are asked that belong to no section of their own (a name).
    """

    title: Text
    kind: Literal["person", "organisation", "thing"] = "person"
    optional: bool = False
    many: bool = False
    at_most: Annotated[int, Field(ge=1, le=20)] = 5
    found: tuple[Found, ...] = ()
    exists: Text | None = None
    how_many: Text | None = None
    section: Annotated[str, Refers("section")] | None = None


class Asked(Part):
    """An element the item's form needs, beyond what its rules read.

    `anew`: must be given for this item itself (a consent, a value as of another day), so it is
    never merged with the same element of another item.
    """

    element: str
    anew: bool = False
    when: str | None = None


class Narrowing(Part):
    """A department's narrower bounds on an element it takes; several are intersected."""

    min: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    max: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    max_length: int | None = None
    codes: tuple[str, ...] | None = None


class Condition(Part):
    """Something that must be true for the item to be granted."""

    id: str
    title: Text
    rule: str
    basis: Basis
    on_promise: bool = False


class Upload(Part):
    """A file the person may give."""

    accept: tuple[Literal["pdf", "jpg", "png"], ...] = ("pdf", "jpg", "png")
    max_mb: Annotated[int, Field(ge=1, le=20)] = 10


class Material(Part):
    """A document the item needs: a licence already held, or a file. Same licence of the same
    party is one material for a whole bundle; so is the same `id` of the same party."""

    id: str
    title: Text
    of: str
    licence: Annotated[str, Refers("licence-kind")] | None = None
    upload: Upload | None = None
    when: str | None = None
    waived_if: str | None = None
    why: Text | None = None


class Numbering(Part):
    """A number the decision gives out, by a scheme the program knows."""

    scheme: Literal["identity-number", "serial"]
    pattern: str = ""
    region: str | None = None
    birth_date: str | None = None
    sex: str | None = None


class Result(Part):
    """What a grant gives: a licence with its fields, elements that become known, and who may act
    for whom from then on (`guardians: {child: [mother, father]}`)."""

    licence: Annotated[str, Refers("licence-kind")] | None = None
    holder: str | None = None
    fields: dict[ElementRef, str] = Field(default_factory=dict)
    produces: dict[str, str | Numbering] = Field(default_factory=dict)
    guardians: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    title: Text | None = None


class Change(Part):
    """A row the grant writes into a register; `set` gives a formula for each column."""

    register_: Annotated[str, Refers("register"), Field(alias="register")]
    set: dict[str, str]


class Fill(Part):
    """A value the clerk states with the decision; `formula` proposes it, and fills it when
    decided at once."""

    element: str
    formula: str | None = None


class Limits(Part):
    """The time the law leaves and the time the department promises."""

    statutory: Limit
    promised: Limit


class Question(Part):
    """A question people ask about the item, answered."""

    ask: Text
    answer: Text


class Service(Declaration):
    """A service item (政务服务事项): who decides what, for whom, on which law, needing what.

    `per` names the party for each of whom there is a case of its own. `when` leaves the item out
    of a bundle where it is false. `instant` decides at once where it is true (秒批).
    """

    title: Text
    summary: Text
    department: Annotated[str, Refers("department")]
    type: Literal["permit", "confirmation", "payment", "registration", "public-service"]
    basis: tuple[Basis, ...] = Field(min_length=1)
    audience: Literal["person", "organisation"] = "person"
    parties: dict[str, Party]
    applicant: tuple[str, ...]
    per: str | None = None
    when: str | None = None
    asks: tuple[Asked, ...] = ()
    narrow: dict[str, Narrowing] = Field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] = ()
    instant: str | None = None
    steps: tuple[Literal["accept", "decide"], ...] = ("accept", "decide")
    fills: tuple[Fill, ...] = ()
    limits: Limits
    fee: Text | None = None
    visits: Annotated[int, Field(ge=0)] = 0
    channels: tuple[Literal["online", "counter", "post"], ...] = ("online", "counter")
    signed_by: tuple[str, ...] = ()
    result: Result = Result()
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    appeal: Text | None = None


class BundleItem(Part):
    """An item of a bundle: `as` says who of the bundle plays each of the item's parties (names
    that are equal need not be said); `within` is the department's tighter promise here."""

    service: Annotated[str, Refers("service")]
    as_: dict[str, str] = Field(default_factory=dict, alias="as")
    within: Limit | None = None


class Before(Part):
    """How it was before, with where the figures come from."""

    steps: int
    days: int
    materials: int
    visits: int
    forms: int | None = None
    source: Text


class Bundle(Declaration):
    """One thing done once (一件事): several items behind one form."""

    title: Text
    summary: Text
    life_event: Text
    lead: Annotated[str, Refers("department")]
    parties: dict[str, Party]
    applicant: tuple[str, ...]
    items: tuple[BundleItem, ...] = Field(min_length=1)
    promise: Limit
    before: Before | None = None
    questions: tuple[Question, ...] = ()
