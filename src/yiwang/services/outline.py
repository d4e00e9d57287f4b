"""A plan told to machines: what merging worked out. Schema: docs/reference/schemas/plan.json."""

from __future__ import annotations

from typing import Any

from yiwang.kernel.words import Text
from yiwang.services.item import Item
from yiwang.services.plan import EXISTS, Plan, Slot


def outline(plan: Plan) -> dict[str, Any]:
    """The whole plan as JSON: items in order, questions, materials, reads, waits, schedule."""
    return {
        "id": plan.id,
        "kind": plan.kind,
        "title": _text(plan.title),
        "pack": plan.pack.hash,
        "promise": {"days": plan.promise.days, "count": plan.promise.count},
        "shortest_days": max(plan.days.values(), default=0),
        "levels": [list(level) for level in plan.levels],
        "items": [_item(plan, item) for item in plan.items],
        "questions": [_question(plan, slot) for slot in plan.slots],
        "materials": [_material(plan, key) for key in plan.papers],
        "reads": [_read(read) for read in plan.reads],
        "waits": [
            {
                "item": wait.item,
                "after": wait.after,
                "licence": wait.licence or None,
                "elements": sorted(str(column) for column in wait.columns),
            }
            for wait in plan.waits
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _item(plan: Plan, item: Item) -> dict[str, Any]:
    return {
        "service": item.id,
        "title": _text(item.service.title),
        "department": item.service.department,
        "per": item.per,
        "days": item.limit.days,
        "count": item.limit.count,
        "done_by_day": plan.days[item.id],
        "conditions": [check.declared.id for check in item.checks],
        "instant": item.service.instant,
        "gives": item.service.result.licence,
    }


def _question(plan: Plan, slot: Slot) -> dict[str, Any]:
    column = slot.column
    title = (
        plan.parties[column.party].exists
        if column.element == EXISTS
        else plan.elements[column.element].title
    )
    return {
        "party": column.party,
        "element": column.element,
        "title": _text(title or plan.parties[column.party].title),
        "section": plan.section_of(column),
        "anew_for": slot.for_item or None,
        "items": list(plan.items_of(slot)),
        "told_by": list(plan.told.get(column, ())),
    }


def _material(plan: Plan, key: tuple[str, str]) -> dict[str, Any]:
    name, role = key
    uses = plan.papers[key]
    declared = uses[0][1].declared
    return {
        "id": declared.id,
        "title": _text(declared.title),
        "party": role,
        "licence": declared.licence,
        "upload": any(paper.declared.upload for _, paper in uses),
        "items": [item for item, _ in uses],
        "issued_by": plan.issued.get((name, role)),
        "conditional": any(paper.when or paper.waived_if for _, paper in uses),
    }


def _read(read: Any) -> dict[str, Any]:
    return {
        "register": read.register.id,
        "party": read.role,
        "key": read.key.element,
        "tells": {name: str(column) for name, column in read.columns.items()},
        "departments": list(read.departments),
    }
