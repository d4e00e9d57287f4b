"""What already stands in the way of a draft, so that it is told before everything is filled in.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yiwang.kernel.words import Text
from yiwang.rules import Column
from yiwang.services.matter import Ask, Matter, Standing

NOT_FOUND = Text(
    zh="登记库里没有查到「{who}」，请核对：{by}。填错了改过来就行；没填错的，请拨打热线。",
    en="No register knows the {who}. Check: {by}. Correct it if it is wrong; if it is right, call "
    "the hotline.",
)
NOT_MET = Text(zh="没有满足：{title}", en="Not met: {title}")


@dataclass(frozen=True)
class Hindrance:
    """Something in the way, and the answers of the person's own it hangs on."""

    text: Text
    answers: tuple[Ask, ...]


def unfound(matter: Matter) -> Text | None:
    """Whom only a register can tell (the owners of a flat), where it was asked and did not."""
    found = _unfound(matter)
    return found.text if found else None


def in_the_way(matter: Matter) -> tuple[Hindrance, ...]:
    """What is known already to keep an item from being granted, each thing once."""
    missing = _unfound(matter)
    found = [missing] if missing else []
    for standing in matter.standings:
        for check in standing.unmet:
            columns = check.rule.columns
            answers = dict.fromkeys(_stated(matter, standing, columns))
            text = check.declared.if_not or NOT_MET.filled(title=check.declared.title)
            found.append(Hindrance(text, tuple(answers)))
    return tuple({str(one.text): one for one in found}.values())


def _unfound(matter: Matter) -> Hindrance | None:
    for role, party in matter.plan.parties.items():
        if not party.many or party.how_many is not None or matter.indexes(role):
            continue
        roles = {name.partition(".")[0] for found in party.found for name in found.by.values()}
        stated = [
            Ask(Column(*key[:3:2]), key[1], key[3])
            for key, known in matter.facts.items()
            if key[0] in roles and known.source == "person"
        ]
        if stated:
            titles = [matter.plan.elements[ask.column.element].title for ask in stated]
            zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
            text = NOT_FOUND.filled(who=party.title, by=Text(zh=zh, en=en))
            return Hindrance(text, tuple(stated))
    return None


def _stated(matter: Matter, standing: Standing, columns: Iterable[Column]) -> Iterator[Ask]:
    """What the person said of these columns, or gave to have them looked up by."""
    seen: dict[Column, None] = {}
    todo = sorted(matter.leaves(columns), reverse=True)
    while todo:
        column = todo.pop()
        if column in seen:
            continue
        seen[column] = None
        anew = matter.asked(standing.item, column, 0).for_item
        asks = [Ask(column, index, anew) for index in matter.indexes(column.party)]
        stated = [ask for ask in asks if (one := matter.known(ask)) and one.source == "person"]
        yield from stated
        todo += [] if stated else _looked_up_by(matter, column)


def _looked_up_by(matter: Matter, column: Column) -> list[Column]:
    """By what registers were asked for a value, or for whom it is of."""
    party = matter.plan.parties.get(column.party)
    found = [key for one in party.found for key in one.by.values()] if party else []
    reads = [read.key for read in matter.plan.reads if column in read.columns.values()]
    return [*(Column(*key.split(".")) for key in found), *reads]
