"""What the JSON interface answers of items: each shape is published in its OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from yiwang.catalogue.guide import NoLimit
from yiwang.catalogue.types import Audience, Handling, ItemType, Level, ResultType
from yiwang.kernel.words import Text


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)


class OfficeShape(_Shape):
    """Who does it: a department of the city, or an authority a published catalogue names."""

    kind: Literal["department", "authority"]
    id: str
    title: Text


class BasisShape(_Shape):
    """Where the law says so."""

    law: Text
    article: str
    says: Text | None


class LimitShape(_Shape):
    """A number of days; `working` ones by the city's calendar."""

    days: int
    count: Literal["working", "natural"]


class PaperShape(_Shape):
    """Something to bring; `licence` is the kind of licence that spares bringing it."""

    title: Text
    why: Text | None
    licence: str | None
    conditional: bool


class StepShape(_Shape):
    """One step the office takes."""

    title: Text
    limit: LimitShape | None


class AnswerShape(_Shape):
    """A question people ask, answered."""

    ask: Text
    answer: Text


class ItemLine(_Shape):
    """An item in the list. `service` can be applied for here, `catalogue-item` is published."""

    id: str
    kind: Literal["service", "catalogue-item"]
    title: Text
    type: ItemType | None
    office: OfficeShape | None
    code: str | None


class ItemsShape(_Shape):
    """A page of the list of items."""

    total: int
    page: int
    pages: int
    items: list[ItemLine]


class ItemShape(ItemLine):
    """The standard elements of one item. Null: its source does not tell. `none` and an empty list:
    it tells that there is none. `chinese` names what is known in Chinese only."""

    catalogue_code: str | None
    matter: Text | None
    matter_code: str | None
    variant: Text | None
    implements: str | None
    aliases: list[Text]
    audiences: list[Audience] | None
    themes: list[Text] | None
    level: Level | None
    area: str | None
    joint: list[Text] | None
    summary: Text | None
    basis: list[BasisShape] | None
    acceptance: list[Text] | None
    papers: list[PaperShape] | None
    statutory: LimitShape | NoLimit | None
    promised: LimitShape | NoLimit | None
    handling: Handling | None
    visits: int | None
    fee: Text | None
    free: bool | None
    online_payment: bool | None
    result: Text | None
    result_type: ResultType | None
    result_sample: str | None
    steps: list[StepShape] | None
    questions: list[AnswerShape] | None
    consult: Text | None
    complaint: Text | None
    address: Text | None
    hours: Text | None
    online: bool | None
    counter: bool | None
    post: bool | None
    booking: bool | None
    platform: Text | None
    online_at: str | None
    booking_at: str | None
    origin: str | None
    appeal: Text | None
    chinese: list[str] = Field(description="Fields known in Chinese only.")
