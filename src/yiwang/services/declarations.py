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
    """The register that knows."""
    by: dict[str, str]
    """Columns and the `party.element` whose value they must equal."""
    gives: dict[ElementRef, str]
    """Elements of this party and the columns they are taken from."""
    where: str | None = None
    """A rule over `this.element` that a row must satisfy."""
    none_means: Literal["absent", "unknown"] = "unknown"
    """What it tells when there is no row: that there is no such party, or nothing."""


class Party(Part):
    """Someone or something an item is about, as the item or bundle names it.

    `section` is where elements are asked that belong to no section of their own (a name).
    """

    title: Text
    """Who it is, as it stands in a question."""
    kind: Literal["person", "organisation", "thing"] = "person"
    """Of what sort."""
    optional: bool = False
    """Whether there may be none; rules then ask `party.exists` first."""
    many: bool = False
    """Whether there may be several."""
    at_most: Annotated[int, Field(ge=1, le=20)] = 5
    """How many there may be."""
    distinct: tuple[ElementRef, ...] = ()
    """Elements that several of them may not have alike (twins have two names)."""
    found: tuple[Found, ...] = ()
    """How registers tell who it is, tried in this order."""
    exists: Text | None = None
    """How people are asked whether there is one."""
    how_many: Text | None = None
    """How people are asked how many there are."""
    section: Annotated[str, Refers("section")] | None = None
    """The group of questions in which these two are asked."""


class Asked(Part):
    """An element the item's form needs, beyond what its rules read.

    `anew`: must be given for this item itself (a consent, a value as of another day), so it is
    never merged with the same element of another item.
    """

    element: str
    """What is asked, as `party.element`."""
    anew: bool = False
    """Whether it must be given for this item itself, whatever was said elsewhere."""
    when: str | None = None
    """A rule; it is asked only where this is true."""


class Narrowing(Part):
    """A department's narrower bounds on an element it takes; several are intersected."""

    min: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    """The least value this item takes."""
    max: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    """The greatest value this item takes."""
    max_length: int | None = None
    """The most characters this item takes."""
    codes: tuple[str, ...] | None = None
    """The codes this item takes."""


class Condition(Part):
    """Something that must be true for the item to be granted."""

    id: str
    """Its name within the item."""
    title: Text
    """What must be so, in words."""
    rule: str
    """What must be so, as a rule."""
    basis: Basis
    """The law that demands it."""
    on_promise: bool = False
    """Whether a promise is enough for now, to be checked later (告知承诺)."""


class Upload(Part):
    """A file the person may give."""

    accept: tuple[Literal["pdf", "jpg", "png"], ...] = ("pdf", "jpg", "png")
    """The kinds of file."""
    max_mb: Annotated[int, Field(ge=1, le=20)] = 10
    """The largest file, in megabytes."""


class Material(Part):
    """A document the item needs: a licence already held, or a file. Same licence of the same
    party is one material for a whole bundle; so is the same `id` of the same party."""

    id: str
    """Its name; equal names of the same party are one material."""
    title: Text
    """What it is called."""
    of: str
    """The party it is of."""
    licence: Annotated[str, Refers("licence-kind")] | None = None
    """The licence that will do; who holds it need not give anything."""
    upload: Upload | None = None
    """The file that will do."""
    when: str | None = None
    """A rule; it is needed only where this is true."""
    waived_if: str | None = None
    """A rule; it is not needed where this is true."""
    why: Text | None = None
    """What it is needed for, or how to get it."""


class Numbering(Part):
    """A number the decision gives out, by a scheme the program knows."""

    scheme: Literal["identity-number", "serial"]
    """How the number is made: an identity number, or a running one."""
    pattern: str = ""
    """How a running number looks: `{year}`, `{region}`, `{serial:06}`."""
    region: str | None = None
    """For identity numbers: a formula for the six digits of the region."""
    birth_date: str | None = None
    """For identity numbers: a formula for the date of birth."""
    sex: str | None = None
    """For identity numbers: a formula for `male` or `female`."""


class Result(Part):
    """What a grant gives: a licence with its fields, elements that become known, and who may act
    for whom from then on (`guardians: {child: [mother, father]}`)."""

    licence: Annotated[str, Refers("licence-kind")] | None = None
    """The licence that is issued."""
    holder: str | None = None
    """The party that holds it."""
    fields: dict[ElementRef, str] = Field(default_factory=dict)
    """Elements of the licence and the formulas that give them."""
    produces: dict[str, str | Numbering] = Field(default_factory=dict)
    """`party.element` that becomes known, and the formula or number that gives it."""
    guardians: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Who may act for whom from then on: `{child: [mother, father]}`."""
    title: Text | None = None
    """What people get, in words."""


class Change(Part):
    """A row the grant writes into a register; `set` gives a formula for each column."""

    register_: Annotated[str, Refers("register"), Field(alias="register")]
    """The register that changes."""
    set: dict[str, str]
    """Columns and the formulas that give their values."""


class Fill(Part):
    """A value the clerk states with the decision; `formula` proposes it, and fills it when
    decided at once."""

    element: str
    """What the clerk states, as `party.element`."""
    formula: str | None = None
    """The formula that proposes it."""


class Limits(Part):
    """The time the law leaves and the time the department promises."""

    statutory: Limit
    """What the law allows."""
    promised: Limit
    """What the department promises; never longer."""


class Question(Part):
    """A question people ask about the item, answered."""

    ask: Text
    """The question."""
    answer: Text
    """The answer, in plain words."""


class Service(Declaration):
    """A service item (政务服务事项): who decides what, for whom, on which law, needing what.

    `per` names the party for each of whom there is a case of its own. `when` leaves the item out
    of a bundle where it is false. `instant` decides at once where it is true (秒批).
    """

    title: Text
    """Its name, as people call it."""
    summary: Text
    """What people get and who can have it, in one or two sentences."""
    department: Annotated[str, Refers("department")]
    """The department that decides."""
    type: Literal["permit", "confirmation", "payment", "registration", "public-service"]
    """What sort of act it is."""
    basis: tuple[Basis, ...] = Field(min_length=1)
    """The laws it rests on."""
    audience: Literal["person", "organisation"] = "person"
    """Whom it is for."""
    parties: dict[str, Party]
    """Who and what it is about; rules call them by these names."""
    applicant: tuple[str, ...]
    """The parties who may apply."""
    per: str | None = None
    """The party for each of whom there is a case of its own."""
    when: str | None = None
    """A rule; where it is false the item is left out."""
    asks: tuple[Asked, ...] = ()
    """What the form needs beyond what the rules read."""
    narrow: dict[str, Narrowing] = Field(default_factory=dict)
    """Narrower bounds on elements, by `party.element`."""
    conditions: tuple[Condition, ...] = ()
    """What must be true for it to be granted."""
    materials: tuple[Material, ...] = ()
    """The documents it needs."""
    instant: str | None = None
    """A rule; where it is true the item is decided at once (秒批)."""
    steps: tuple[Literal["accept", "decide"], ...] = ("accept", "decide")
    """The steps its department takes."""
    fills: tuple[Fill, ...] = ()
    """What the clerk states with the decision."""
    limits: Limits
    """By when it is decided."""
    fee: Text | None = None
    """What it costs."""
    visits: Annotated[int, Field(ge=0)] = 0
    """How often one must come in person."""
    channels: tuple[Literal["online", "counter", "post"], ...] = ("online", "counter")
    """Where it can be done."""
    signed_by: tuple[str, ...] = ()
    """The parties who sign."""
    result: Result = Result()
    """What a grant gives."""
    changes: tuple[Change, ...] = ()
    """The rows a grant writes into registers."""
    questions: tuple[Question, ...] = ()
    """What people ask, answered."""
    appeal: Text | None = None
    """How to object to the decision; else what the city says."""


class BundleItem(Part):
    """An item of a bundle: `as` says who of the bundle plays each of the item's parties (names
    that are equal need not be said); `within` is the department's tighter promise here."""

    service: Annotated[str, Refers("service")]
    """The item."""
    as_: dict[str, str] = Field(default_factory=dict, alias="as")
    """Who of the bundle plays each party of the item; equal names need not be said."""
    within: Limit | None = None
    """The department's tighter promise inside this bundle."""


class Before(Part):
    """How it was before, with where the figures come from."""

    steps: int
    """Steps."""
    days: int
    """Days."""
    materials: int
    """Documents."""
    visits: int
    """Visits."""
    forms: int | None = None
    """Forms."""
    source: Text
    """Where these figures come from."""


class Bundle(Declaration):
    """One thing done once (一件事): several items behind one form."""

    title: Text
    """Its name, as people call it."""
    summary: Text
    """What it brings, in one or two sentences."""
    life_event: Text
    """What happens in life that calls for it."""
    icon: str = "heart-handshake"
    """The picture on its card, by the name Tabler's icons give it."""
    lead: Annotated[str, Refers("department")]
    """The department that answers for the whole."""
    parties: dict[str, Party]
    """Who and what it is about; its items share them."""
    applicant: tuple[str, ...]
    """The parties who may apply."""
    items: tuple[BundleItem, ...] = Field(min_length=1)
    """The items done together; their order is worked out."""
    promise: Limit
    """By when all of it is done."""
    before: Before | None = None
    """How it was before."""
    questions: tuple[Question, ...] = ()
    """What people ask, answered."""
