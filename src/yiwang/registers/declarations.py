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
    intro: Text | None = None


class Ask(Part):
    """How a person is asked for an element. `{party}` stands for who it is about."""

    question: Text
    help: Text | None = None
    example: str = ""


class Aggregate(Part):
    """A value over all of a party that may be many (children, shareholders)."""

    party: str
    take: Literal["count", "any", "all", "sum", "min", "max"]
    element: Annotated[str, Refers("element")] | None = None


class Element(Declaration):
    """A data element of the dictionary (after GB/T 18391): defined once, used everywhere.

    `derive` is a formula over the same party's elements, the party being called `this`.
    `within` bounds a date relative to the day it is given: `past`, `future`, or any.
    """

    title: Text
    definition: Text | None = None
    type: Type
    format: Format = "plain"
    of: Literal["person", "organisation", "matter", "any"] = "person"
    sensitivity: Sensitivity = "personal"
    codes: dict[str, Text] = Field(default_factory=dict)
    unit: Text | None = None
    min: Decimal | date | None = None
    max: Decimal | date | None = None
    within: Literal["any", "past", "future"] = "any"
    max_length: int | None = None
    pattern: str | None = None
    section: Annotated[str, Refers("section")] | None = None
    ask: Ask | None = None
    derive: str | None = None
    aggregate: Aggregate | None = None


class Grant(Part):
    """Who may read which columns, and on what ground. Nothing is readable without one."""

    to: tuple[Annotated[str, Refers("department")], ...] | Literal["*"]
    columns: tuple[str, ...] | Literal["*"]
    basis: Basis
    until: date | None = None


class Source(Part):
    """Where the rows lie: a table here, or another agency's HTTP service.

    `setting` names the environment variable that holds the service's address; where it is not
    set the source counts as down, and people are asked instead.
    """

    kind: Literal["table", "http"] = "table"
    setting: str = ""
    seconds: Annotated[float, Field(gt=0, le=10)] = 2.0


class Register(Declaration):
    """A base register: rows of columns, each column an element.

    `key` is the column that identifies a row; `lookup` are further columns by which rows may be
    found; `about` the columns that hold identity numbers of the people a row tells of.
    `key_pattern` says which keys the register can hold: no other is ever sent to it.
    """

    title: Text
    definition: Text | None = None
    steward: Annotated[str, Refers("department")]
    columns: dict[str, Annotated[str, Refers("element")]]
    key: str
    key_pattern: str | None = None
    lookup: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sharing: Literal["unconditional", "conditional", "none"] = "conditional"
    rhythm: Text
    basis: Basis
    grants: tuple[Grant, ...] = ()
    source: Source = Source()


KINDS.add("section", Kind("section", "sections", Section, Text(zh="问题分组", en="section")))
KINDS.add(
    "element",
    Kind("element", "elements", Element, Text(zh="数据元", en="data element"), checks.elements),
)
KINDS.add(
    "register",
    Kind("register", "registers", Register, Text(zh="登记库", en="register"), checks.registers),
)
