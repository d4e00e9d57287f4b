"""What already stands in the way of a draft, so that it is told before everything is filled in.

Pure.
"""

from __future__ import annotations

from yiwang.kernel.words import Text
from yiwang.services.matter import Matter

NOT_FOUND = Text(
    zh="登记库里没有查到「{who}」，请核对：{by}。填错了改过来就行；没填错的，请拨打热线。",
    en="No register knows the {who}. Check: {by}. Correct it if it is wrong; if it is right, call "
    "the hotline.",
)


def unfound(matter: Matter) -> Text | None:
    """Whom only a register can tell (the owners of a flat), where it was asked and did not."""
    for role, party in matter.plan.parties.items():
        if not party.many or party.how_many is not None or matter.indexes(role):
            continue
        roles = {name.partition(".")[0] for found in party.found for name in found.by.values()}
        stated = [
            matter.plan.elements[element].title
            for (other, _, element, _), known in matter.facts.items()
            if other in roles and known.source == "person"
        ]
        if stated:
            zh, en = "、".join(one.zh for one in stated), ", ".join(one.en for one in stated)
            return NOT_FOUND.filled(who=party.title, by=Text(zh=zh, en=en))
    return None


def in_the_way(matter: Matter) -> tuple[Text, ...]:
    """What is known already to keep an item from being granted, each thing once."""
    missing = unfound(matter)
    unmet = [check.declared.title for standing in matter.standings for check in standing.unmet]
    found = [missing] if missing else []
    return tuple({str(text): text for text in (*found, *unmet)}.values())
