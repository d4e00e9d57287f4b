"""The kinds this room owns: section, element, register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Basis, Declaration, Kind, Part, Refers
from yiwang.registers import checks

Type = Literal["text", "integer", "decimal", "money", "date", "boolean", "code"]
Format = Literal[
    "plain", "long", "identity-number", "credit-code", "phone", "email", "bank-account",
    "address", "division", "consent",
]  # fmt: skip
Sensitivity = Literal["public", "internal", "personal", "sensitive"]


class Section(Declaration):
    """A group of questions, asked together; sections are asked in the order they are declared."""

    title: Text
    """The heading above the questions."""
    intro: Text | None = None
    """A sentence under the heading."""


class Ask(Part):
    """How a person is asked for an element. `{party}` stands for who it is about."""

    question: Text
    """The question. `{party}` stands for whom it is about."""
    help: Text | None = None
    """Where to find the answer, or what is meant."""
    example: str = ""
    """An answer as it should look."""


class Aggregate(Part):
    """A value over all of a party that may be many (children, shareholders)."""

    party: str
    """The party that may be many."""
    take: Literal["count", "any", "all", "sum", "min", "max"]
    """What is made of their values."""
    element: Annotated[str, Refers("element")] | None = None
    """The element of each of them; `count` needs none."""


class Element(Declaration):
    """A data element of the dictionary (after GB/T 18391): defined once, used everywhere.

    `derive` is a formula over the same party's elements, the party being called `this`.
    `within` bounds a date relative to the day it is given: `past`, `future`, or any.
    """

    title: Text
    """Its name, as it stands in a sentence."""
    definition: Text | None = None
    """What exactly is meant."""
    type: Type
    """How values are kept and compared; `money` is in yuan."""
    format: Format = "plain"
    """What a text must look like, and how it is asked for."""
    of: Literal["person", "organisation", "matter", "any"] = "person"
    """Whose property it is."""
    sensitivity: Sensitivity = "personal"
    """How carefully it is treated and shown."""
    codes: dict[str, Text] = Field(default_factory=dict)
    """The values a code may have, and what people read for them."""
    unit: Text | None = None
    """The unit of a number."""
    min: Decimal | date | None = None
    """The least value, for numbers and dates."""
    max: Decimal | date | None = None
    """The greatest value, for numbers and dates."""
    within: Literal["any", "past", "future"] = "any"
    """Whether a date must lie before or after the day it is given."""
    max_length: int | None = None
    """The most characters a text may have."""
    pattern: str | None = None
    """A regular expression the whole text must match."""
    section: Annotated[str, Refers("section")] | None = None
    """The group of questions it is asked in."""
    ask: Ask | None = None
    """How people are asked; without it the value must come from elsewhere."""
    derive: str | None = None
    """A formula that gives the value, over `this.<element>`."""
    aggregate: Aggregate | None = None
    """The value is made of those of many."""


class Grant(Part):
    """Who may read which columns, and on what ground. Nothing is readable without one."""

    to: tuple[Annotated[str, Refers("department")], ...] | Literal["*"]
    """The departments, or `*` for all."""
    columns: tuple[str, ...] | Literal["*"]
    """The columns, or `*` for all."""
    basis: Basis
    """The law that allows it."""
    until: date | None = None
    """The last day of the grant; without it, it has no end."""


class Source(Part):
    """Where the rows lie: a table here, or another agency's HTTP service.

    `setting` names the environment variable that holds the service's address; where it is not
    set the source counts as down, and people are asked instead.
    """

    kind: Literal["table", "http"] = "table"
    """A table here, or another agency's service."""
    setting: str = ""
    """The environment variable with the service's address; not set counts as down."""
    seconds: Annotated[float, Field(gt=0, le=10)] = 2.0
    """How long it is waited for; 2 seconds at most keep a form quick."""


class Register(Declaration):
    """A base register: rows of columns, each column an element.

    `key` is the column that identifies a row; `lookup` are further columns by which rows may be
    found; `about` the columns that hold identity numbers of the people a row tells of.
    `key_pattern` says which keys the register can hold: no other is ever sent to it.
    """

    title: Text
    """Its name."""
    definition: Text | None = None
    """What a row stands for."""
    steward: Annotated[str, Refers("department")]
    """The department that keeps it and answers for it; it may read all of it."""
    columns: dict[str, Annotated[str, Refers("element")]]
    """Each column and the element it holds."""
    key: str
    """The column that identifies a row."""
    key_pattern: str | None = None
    """What the numbers look like where a grant makes a new row."""
    lookup: tuple[str, ...] = ()
    """Further columns by which rows may be found."""
    about: tuple[str, ...] = ()
    """The columns with identity numbers of the people, or credit codes of the firms, a row tells
    of; they see who read it."""
    unique: tuple[str, ...] = ()
    """Columns no two rows may have alike: the second to write the same is refused (a firm's
    name)."""
    sharing: Literal["unconditional", "conditional", "none"] = "conditional"
    """Whether others may have it: always, on conditions, never."""
    because: Text | None = None
    """Why it is shared so, above all why not."""
    rhythm: Text
    """How fresh it is."""
    basis: Basis
    """The law it is kept by."""
    grants: tuple[Grant, ...] = ()
    """Who else may read what."""
    source: Source = Source()
    """Where the rows lie."""


KINDS.add("section", Kind("section", "sections", Section, Text(zh="问题分组", en="section")))
KINDS.add(
    "element",
    Kind("element", "elements", Element, Text(zh="数据元", en="data element"), checks.elements),
)
KINDS.add(
    "register",
    Kind("register", "registers", Register, Text(zh="登记库", en="register"), checks.registers),
)
