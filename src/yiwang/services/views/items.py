"""`/api/v1/items`: every item of the catalogue, for everyone."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Path, Query, Router

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.queries import guide, guides
from yiwang.catalogue.shapes import ItemLine, ItemShape, ItemsShape
from yiwang.pack.queries import current
from yiwang.services.views.api import ONE, WRONG
from yiwang.ui.audiences import machine

ON_A_PAGE = 50
ItemId = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9_-]*$", max_length=64)]

router = Router()


@router.get("/items", response={200: ItemsShape, **WRONG}, tags=["city"])
@machine(None)
def items(request: HttpRequest, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> ItemsShape:
    """Every item, what can be applied for here first, 50 on a page; a page past the end is the
    last one."""
    found = Paginator(list(guides(current()).values()), ON_A_PAGE)
    here = found.get_page(page)
    return ItemsShape(
        total=found.count,
        page=here.number,
        pages=found.num_pages,
        items=[ItemLine.model_validate(one) for one in here],
    )


@router.get("/items/{id}", response={200: ItemShape, **ONE}, tags=["city"])
@machine(None)
def item(request: HttpRequest, id: ItemId) -> ItemShape:
    """One item; for a published one in whose place another stands, that one."""
    one = guide(current(), id)
    told = {field.name: getattr(one, field.name) for field in fields(Guide)}
    return ItemShape.model_validate({**told, "chinese": sorted(one.chinese)})
