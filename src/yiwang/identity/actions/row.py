"""What an act of this room tells of a row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record


def locked(model: type[Any], id: UUID) -> Any:
    """The row with this id, locked; NotFound where there is none."""
    found = model.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise NotFound(Text(zh="没有找到这条记录。", en="There is no such record."))
    return found


def row_of(one: Any) -> dict[str, Any]:
    """The columns of a row, as they are digested."""
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def recorded(
    what: str, row: Any, before: object, *, by: Actor, about: list[UUID], basis: str = ""
) -> None:
    """Record the act by which `row` came to be as it is; `before` is what `row_of` gave."""
    change = Change.of(row._meta.db_table, row.id, before=before, after=row_of(row))
    record(what, by=by, about=about, basis=basis, changes=[change])
