"""What the JSON interface answers (`/api/v1/`): each shape is published in its OpenAPI document.

Texts come in both languages (`{zh, en}`), days as `YYYY-MM-DD`, moments with their offset.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.words import Text


class Shape(BaseModel):
    """An object of the interface: it has exactly the fields that are published."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Days(Shape):
    """A number of days in which something is done; `working` ones by the city's calendar."""

    days: int
    count: Literal["working", "natural"]


class BundleItemShape(Shape):
    """An item of a bundle and the department that decides it."""

    service: str
    title: Text
    department: str


class BundleShape(Shape):
    """One thing done once (一件事). `applicant` are the roles in which one may apply."""

    id: str
    title: Text
    summary: Text
    life_event: Text
    lead: str
    applicant: list[str]
    promise: Days
    items: list[BundleItemShape]


class ConditionShape(Shape):
    """What must be true for an item to be granted, and the law that says so."""

    id: str
    title: Text
    law: Text
    article: str


class MaterialShape(Shape):
    """A document of a party: a licence the city may hold, or (`upload`) a file given."""

    id: str
    title: Text
    of: str
    licence: str | None
    upload: bool


class ServiceLine(Shape):
    """A service item in a list."""

    id: str
    title: Text
    summary: Text
    department: str
    type: str
    audience: Literal["person", "organisation"]
    promised: Days


class ServiceShape(ServiceLine):
    """A whole service item. `instant`: where its rule holds it is decided at once (秒批)."""

    statutory: Days
    fee: Text | None
    visits: int
    channels: list[str]
    per: str | None
    instant: bool
    conditions: list[ConditionShape]
    materials: list[MaterialShape]
    gives: str | None


class DepartmentShape(Shape):
    """An office, hospital or utility, and how to reach it."""

    id: str
    title: Text
    short: Text
    kind: str
    division: str
    parent: str | None
    phone: str
    complaint_phone: str
    address: Text
    hours: Text


# ---- the plan of a bundle ----------------------------------------------------------------------


class PlanItem(Shape):
    """An item of a plan; `done_by_day` counts from the day of sending."""

    service: str
    title: Text
    department: str
    per: str | None
    days: int
    count: Literal["working", "natural"]
    done_by_day: int
    conditions: list[str]
    instant: str | None
    gives: str | None


class PlanQuestion(Shape):
    """A question, asked once for all `items`, unless one of `told_by` (registers) answers it."""

    party: str
    element: str
    title: Text
    section: str
    anew_for: str | None
    items: list[str]
    told_by: list[str]


class PlanMaterial(Shape):
    """A document, given once for all `items`; `issued_by` is an item of the plan that makes it."""

    id: str
    title: Text
    party: str
    licence: str | None
    upload: bool
    items: list[str]
    issued_by: str | None
    conditional: bool


class PlanRead(Shape):
    """A register that is read by the element `key`; `tells` maps columns to `party.element`."""

    register_: str = Field(alias="register")
    party: str
    key: str
    tells: dict[str, str]
    departments: list[str]


class PlanWait(Shape):
    """`item` waits for `after`, because of a licence or of elements that one gives."""

    item: str
    after: str
    licence: str | None
    elements: list[str]


class PlanShape(Shape):
    """What merging the items of a bundle works out (`yiwang bundle plan --json` prints it too)."""

    id: str
    kind: Literal["bundle", "service"]
    title: Text
    pack: str = Field(description="The version of the pack: SHA-256 in hexadecimal.")
    promise: Days
    shortest_days: int
    levels: list[list[str]]
    items: list[PlanItem]
    questions: list[PlanQuestion]
    materials: list[PlanMaterial]
    reads: list[PlanRead]
    waits: list[PlanWait]


# ---- what is mine ------------------------------------------------------------------------------


class MatterLine(Shape):
    """A matter in a list. `state` and `outcome` are codes; `outcome` is empty while open."""

    number: str
    kind: Literal["bundle", "service"]
    what: str
    title: Text
    state: str
    outcome: str
    created_at: datetime
    sent_at: datetime | None


class MatterPageShape(Shape):
    """One page of a person's matters."""

    matters: list[MatterLine]
    page: int
    pages: int


class DueShape(Shape):
    """The day by which it is due and the days left (`unit`); `paused` while the person is waited
    for."""

    on: date
    left: int
    unit: Literal["working", "natural"]
    paused: bool


class MatterItem(Shape):
    """One item of a matter: at which department, where it stands, by when."""

    number: str
    service: str
    title: Text
    department: str
    party: str
    index: int
    state: str
    outcome: str
    by_rule: bool
    due: DueShape | None
    decided_at: datetime | None


class MatterShape(MatterLine):
    """One matter with its items; a draft has none yet."""

    due: DueShape | None
    items: list[MatterItem]


class LicenceShape(Shape):
    """A licence of the person, or of someone they represent (`ground`)."""

    id: UUID
    kind: str
    title: Text
    number: str
    holder: str
    ground: Literal["self", "guardian", "legal-representative"]
    issued_on: date
    until: date | None
    standing: Literal["valid", "suspended", "revoked", "expired"]
    fields: dict[str, Any]


class Wrong(Shape):
    """What went wrong: what happened and what to do (`message`), and which `field` if one is."""

    kind: Literal["bad_input", "refusal", "not_signed_in", "defect"]
    message: str = ""
    field: str | None = None
    id: str | None = Field(None, description="Of a defect: the number to quote.")


class Failure(Shape):
    """Every answer that is not a success."""

    error: Wrong
