"""The kinds this room owns: service and bundle. Their checks stand in `checks.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from yiwang.catalogue.declarations import Elements
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis, Declaration, Extension, Limit, Part, Refers

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
    confirms: Literal["unless-tied", "always"] = "unless-tied"
    """Whether they agree by their own sign-in: only where no register ties them to the matter, or
    always (a shareholder, a buyer)."""
    confirm_within: Limit | None = None
    """How long they have to answer; they are reminded on the way. Without it there is no end."""
    unconfirmed: Literal["ends", "returns"] = "ends"
    """What follows when they decline or stay silent: the items that need them end, or (as long as
    nothing has begun) the whole goes back to the applicant to be corrected and sent again."""
    seen_by_others: tuple[ElementRef, ...] = ()
    """Elements of this person that the others see who agree to the same matter (a shareholder's
    name and share). Of things and organisations they see all that the items read."""


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
    not_before: str | None = None
    """Another day, as `party.element`, that this one may not come before (`child.birth_date`);
    looked at as soon as both are known, at the latest when it is sent or decided."""
    not_after: str | None = None
    """Another day, as `party.element`, that this one may not come after."""


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
    if_not: Text | None = None
    """What whoever applies is told where it is not so: what is wrong and what to do."""

    @property
    def when_unmet(self) -> Text:
        """What is told where it is not so; what must be so, where nothing else is declared."""
        return self.if_not or self.title


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

    scheme: Literal["identity-number", "serial", "credit-code"]
    """How the number is made: an identity number (GB 11643), a unified social credit code
    (GB 32100), or a running one."""
    pattern: str = ""
    """How a running number looks: `{year}`, `{region}`, `{serial:06}`."""
    region: str | None = None
    """For identity numbers: a formula for the six digits of the region."""
    kind: str = "91"
    """For credit codes: the two characters of who registers and of what kind (91: a company)."""
    birth_date: str | None = None
    """For identity numbers: a formula for the date of birth."""
    sex: str | None = None
    """For identity numbers: a formula for `male` or `female`."""


class Revoking(Part):
    """A licence that ends with the grant (the seller's title, once the buyer has one)."""

    licence: Annotated[str, Refers("licence-kind")]
    """Its kind."""
    of: str
    """The party who holds it; where there may be many, each of them."""
    number: str
    """A formula for its number."""


class Result(Part):
    """What a grant gives: a licence with its fields, elements that become known, and who may act
    for whom from then on (`guardians: {child: [mother, father]}`)."""

    licence: Annotated[str, Refers("licence-kind")] | None = None
    """The licence that is issued."""
    holder: str | None = None
    """The party that holds it."""
    number: str | None = None
    """A formula for the licence's number; else it is made as its kind says."""
    revokes: tuple[Revoking, ...] = ()
    """The licences that end with the grant."""
    fields: dict[ElementRef, str] = Field(default_factory=dict)
    """Elements of the licence and the formulas that give them."""
    produces: dict[str, str | Numbering] = Field(default_factory=dict)
    """`party.element` that becomes known, and the formula or number that gives it."""
    guardians: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Who may act for whom from then on: `{child: [mother, father]}`."""
    founds: dict[str, str] = Field(default_factory=dict)
    """The organisation that comes into being with the grant, and who represents it by law from
    then on: `{firm: founder}`. The item produces its `credit_code`."""
    title: Text | None = None
    """What people get, in words."""


class Change(Part):
    """A row the grant writes into a register; `set` gives a formula for each column.

    Several changes may write columns of one row: each names its key, and may have its own `when`.
    """

    register_: Annotated[str, Refers("register"), Field(alias="register")]
    """The register that changes."""
    each: str | None = None
    """A party that may be many: a row for each of them, its name in `set` being that one."""
    when: str | None = None
    """A rule; only where it is true are these columns written (`father.exists`)."""
    set: dict[str, str]
    """Columns and the formulas that give their values."""


class Fill(Part):
    """A value the clerk states with the decision; `formula` proposes it, and fills it when
    decided at once."""

    element: str
    """What the clerk states, as `party.element`."""
    formula: str | None = None
    """The formula that proposes it."""


class Charge(Part):
    """Something to be paid: a fee, a tax. When it is due whoever pays gets a bill, and the item
    goes on once it is paid; what was paid for an item that is not granted goes back.

    `due`: once the item is accepted, or (`before-issue`) once it is to be granted, before the
    result is given. Where the payer is a party that may be many, the first of them pays.
    """

    id: str
    """Its name within the item."""
    title: Text
    """What is paid, in words."""
    amount: str
    """A formula for the amount in yuan; nothing is due where it is 0."""
    when: str | None = None
    """A rule; it is due only where this is true."""
    to: Annotated[str, Refers("department")]
    """The department that gets it and answers for it."""
    basis: Basis
    """The law that sets it."""
    payer: str
    """The party who pays."""
    due: Literal["on-acceptance", "before-issue"] = "before-issue"
    """When it has to be paid."""


class Limits(Part):
    """The time the law leaves and the time the department promises."""

    statutory: Limit
    """What the law allows."""
    promised: Limit
    """What the department promises; never longer."""
    extension: Extension | None = None
    """By how much the head of the department may make both longer, once."""


class Question(Part):
    """A question people ask about the item, answered."""

    ask: Text
    """The question."""
    answer: Text
    """The answer, in plain words."""


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
    fees: Text | None = None
    """What it cost."""
    source: Text
    """Where these figures come from."""


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
    define: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], str] = Field(
        default_factory=dict
    )
    """Names for rules and formulas that are needed more than once; every rule of this item, and
    every later name, may use them instead."""
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
    """What it costs, in words."""
    charges: tuple[Charge, ...] = ()
    """What has to be paid, by whom, when; worked out from the facts."""
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
    implements: Annotated[str, Refers("catalogue-item")] | None = None
    """The published item of a layer in whose place it stands."""
    guide: Elements = Elements()
    """What else people are told: short names, a sample of the result, the steps."""
    before: Before | None = None
    """How it was before."""


class BundleItem(Part):
    """An item of a bundle: `as` says who of the bundle plays each of the item's parties (names
    that are equal need not be said); `within` is the department's tighter promise here."""

    service: Annotated[str, Refers("service")]
    """The item."""
    as_: dict[str, str] = Field(default_factory=dict, alias="as")
    """Who of the bundle plays each party of the item; equal names need not be said."""
    within: Limit | None = None
    """The department's tighter promise inside this bundle."""


class Joint(Part):
    """What the law allows for the whole matter where departments decide together (联合办理)."""

    limit: Limit
    """How long all of it may take, from sending."""
    extension: Extension | None = None
    """By how much it may be made longer, once."""


class Review(Part):
    """A joint review (联合评审): departments meet once on some items and then decide them."""

    title: Text
    """What is reviewed, in words."""
    items: tuple[Annotated[str, Refers("service")], ...] = Field(min_length=1)
    """The items whose decisions wait for it; their departments give opinions."""
    within: Limit
    """By when the leading department convenes it, from sending."""
    basis: Basis
    """The rule by which departments review together."""


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
    joint: Joint | None = None
    """What the law allows for all of it, where departments decide together."""
    review: Review | None = None
    """The one meeting of the departments concerned, where there is one."""
    before: Before | None = None
    """How it was before."""
    questions: tuple[Question, ...] = ()
    """What people ask, answered."""


class CourseStage(Part):
    """One stage of a course."""

    title: Text
    """What the stage is called."""
    bundle: Annotated[str, Refers("bundle")]
    """What is applied for in it, all at once."""


class Course(Declaration):
    """A project that passes stages, each a bundle of its own on the same project (工程建设项目
    审批). What a stage needs of the earlier ones follows from what its items read."""

    title: Text
    """Its name."""
    summary: Text
    """What it brings, in one or two sentences."""
    aliases: tuple[Text, ...] = ()
    """Other names people look for it by."""
    icon: str = "building-community"
    """The picture on its card, by the name Tabler's icons give it."""
    lead: Annotated[str, Refers("department")]
    """The department that answers for the whole."""
    party: str
    """The party that is the project, by the name all stages give it."""
    code: ElementRef
    """The element that is its code, given by an item of the first stage."""
    name: ElementRef
    """The element that is its name."""
    stages: tuple[CourseStage, ...] = Field(min_length=2)
    """Its stages, first to last."""
    basis: Basis
    """The rule that orders the stages."""
    questions: tuple[Question, ...] = ()
    """What people ask, answered."""
