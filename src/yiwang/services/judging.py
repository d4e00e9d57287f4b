"""How a case stands before its rules: each condition, and whether to grant at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yiwang.registers import dictionary
from yiwang.rules import Column, Verdict
from yiwang.services.item import Item
from yiwang.services.matter import Matter, Standing
from yiwang.services.plan import EXISTS


def conditions(standing: Standing) -> list[dict[str, Any]]:
    """Each condition with its value and, clause by clause, why."""
    return [
        {"id": check.declared.id, "value": verdict.value, "verdict": verdict.to_json()}
        for check, verdict in standing.checks
    ]


def facts_read(matter: Matter, item: Item, index: int) -> dict[str, Any]:
    """The values the item's rules read, as JSON, by `party.element`."""
    env = matter.env(item, index)
    return {
        str(column): dictionary.to_json(env[column])
        for column in sorted(item.needs())
        if env.get(column) is not None
    }


def instant_verdict(matter: Matter, item: Item, index: int) -> Verdict | None:
    """The verdict of the item's `instant` rule; None where it has none."""
    if item.instant is None:
        return None
    return item.instant.decide(matter.env(item, index), on=matter.on)


def grants_at_once(matter: Matter, standing: Standing) -> bool:
    """Whether the rule decides: everything known, true and firm; no file to be looked at."""
    item = standing.item
    verdict = instant_verdict(matter, item, standing.index)
    if verdict is None or verdict.value is not True or standing.applies is not True:
        return False
    met = all(v.value is True or (c.declared.on_promise and v.value is None)
              for c, v in standing.checks)  # fmt: skip
    papers = all(paper.needed is False or paper.had == "licence" for paper in standing.papers)
    return met and papers and firm(matter, item, standing.index)


def firm(matter: Matter, item: Item, index: int) -> bool:
    """Whether no value the item reads is provisional or contested."""
    return not any(
        (known := matter.facts.get(key)) is not None and not known.firm
        for column in matter.leaves(item.needs())
        for key in _keys(matter, item, index, column)
    )


def _keys(
    matter: Matter, item: Item, index: int, column: Column
) -> Iterable[tuple[str, int, str, str]]:
    if column.element == EXISTS:
        return
    for at in matter.indexes_for(item, column.party, index):
        for for_item in ("", item.id):
            yield (column.party, at, column.element, for_item)
