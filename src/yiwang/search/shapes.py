"""What a search answers machines: `/api/v1/search` and `yiwang search --json`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from yiwang.kernel.words import Text
from yiwang.search.documents import Document
from yiwang.search.queries import ON_A_PAGE, Found


class Shape(BaseModel):
    """An object of the interface: it has exactly the fields that are published."""

    model_config = ConfigDict(extra="forbid")


class HitShape(Shape):
    """A document that answers. `own`: it can be done right here; `days` is what is promised."""

    kind: str
    id: str
    title: Text
    department: Text
    days: Text
    online: bool
    own: bool
    url: str
    score: float


class ChoiceShape(Shape):
    """A value of a facet, and how many hits have it."""

    value: str
    label: Text
    count: int


class FoundShape(Shape):
    """What came of a query. `read_as` tells how it was read where something was corrected;
    `facets` are by name: life_event, department, audience, place, theme."""

    query: str
    read_as: str
    count: int
    page: int
    pages: int
    hits: list[HitShape]
    facets: dict[str, list[ChoiceShape]]


def shape_of(found: Found, page: int = 1) -> FoundShape:
    """One page of what was found; the last one where there are fewer."""
    pages = max(1, -(-len(found.hits) // ON_A_PAGE))
    number = min(page, pages)
    shown = found.hits[(number - 1) * ON_A_PAGE :][:ON_A_PAGE]
    return FoundShape(
        query=found.query,
        read_as=found.reading.corrected,
        count=len(found.hits),
        page=number,
        pages=pages,
        hits=[_hit(hit.document, hit.score) for hit in shown],
        facets={
            name: [ChoiceShape(value=it.value, label=it.label, count=it.count) for it in choices]
            for name, choices in found.choices.items()
        },
    )


def _hit(one: Document, score: float) -> HitShape:
    return HitShape(
        kind=one.kind,
        id=one.id,
        title=one.title,
        department=one.department,
        days=one.days,
        online=one.online,
        own=one.own,
        url=one.url,
        score=round(score, 4),
    )
