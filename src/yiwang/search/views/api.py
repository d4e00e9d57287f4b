"""`/api/v1/search`: what the pages find, for machines."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from yiwang.pack.queries import current
from yiwang.search.queries import FACETS, find
from yiwang.search.shapes import FoundShape, shape_of
from yiwang.search.words import LONGEST
from yiwang.ui.audiences import machine

Words = Annotated[str, Query(max_length=200)]

router = Router()


@router.get("/search", response=FoundShape, tags=["city"])
@machine(None)
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    life_event: Words = "",
    department: Words = "",
    audience: Words = "",
    place: Words = "",
    theme: Words = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> FoundShape:
    """What answers `q`, best first, 10 on a page; a facet's value narrows it."""
    values = (life_event, department, audience, place, theme)
    asked = dict(zip(FACETS, values, strict=True))
    return shape_of(find(current(), q, asked), page)
