"""Days that may not come before or after other days: no dose before the birth. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yiwang.kernel.words import Text
from yiwang.registers import faults
from yiwang.rules import Column
from yiwang.services.reader import CASE, Reader

if TYPE_CHECKING:
    from yiwang.services.item import Item
    from yiwang.services.matter import Matter


@dataclass(frozen=True)
class Succession:
    """One day and another it is bound by, in bundle names; `side` is `not_before` or
    `not_after`."""

    column: Column
    other: Column
    side: str

    def holds(self, env: Mapping[Column, Any]) -> bool:
        """Whether the two follow each other; also while one of them is not known."""
        day, other = env.get(self.column), env.get(self.other)
        if day is None or other is None:
            return True
        return bool(day >= other if self.side == "not_before" else day <= other)

    def said_by_a_person(self, matter: Matter, item: Item, index: int) -> bool:
        """Whether one of the two is as the person says, so that they can mend it."""
        return any(
            known is not None and (known.source == "person" or known.contested)
            for known in (
                matter.known(matter.asked(item, column, index))
                for column in (self.column, self.other)
            )
        )

    def fault(self, matter: Matter, env: Mapping[Column, Any]) -> Text:
        """What is wrong, naming both, where it does not hold."""
        say = faults.before_another if self.side == "not_before" else faults.after_another
        text = say(env[self.column], env[self.other], _whose(matter, self.other))
        return text.filled(title=matter.plan.elements[self.column.element].title)


def successions(reader: Reader) -> tuple[Succession, ...]:
    """What the service declares of them; names and types that cannot be are faults."""
    found = []
    for name, narrowing in reader.service.narrow.items():
        column = reader.column(name, "narrow", name)
        for side in ("not_before", "not_after"):
            text = getattr(narrowing, side)
            other = reader.column(text, "narrow", name, side) if text else None
            if column and other and _both_fit(reader, name, text, side):
                found.append(Succession(column, other, side))
    return tuple(found)


def _both_fit(reader: Reader, name: str, text: str, side: str) -> bool:
    """Whether both are days, and the other is one day only."""
    path, elements = ("narrow", name, side), reader.own.elements
    for one in (name, text):
        if elements[one.partition(".")[2]].type != "date":
            reader.fault(
                path, f"「{one}」不是日期。", f"“{one}” is no date.",
                Text(zh="两边都要是日期。", en="Both must be dates."),
            )  # fmt: skip
            return False
    role, other = name.partition(".")[0], text.partition(".")[0]
    if role != other and reader.own.parties[other].many:
        reader.fault(
            path, f"「{other}」可能有好几个，不知道指哪一个的日期。",
            f"There may be several of “{other}”, so whose day is meant is open.",
            Text(zh="写同一方的日期，或只有一个的那一方的。",
                 en="Name a day of the same party, or of one there is only one of."),
        )  # fmt: skip
        return False
    return True


def broken(matter: Matter, item: Item, index: int) -> Iterator[tuple[Succession, Text]]:
    """The successions of one item's case that do not hold, with what is wrong in words."""
    if item.successions:
        env = matter.env(item, index)
        for one in item.successions:
            if not one.holds(env):
                yield one, one.fault(matter, env)


def _whose(matter: Matter, column: Column) -> Text:
    title = matter.plan.elements[column.element].title
    party = matter.plan.parties.get(column.party)
    if party is None or column.party == CASE:
        return title
    return Text(zh=f"{party.title.zh}的{title.zh}", en=f"{title.en} of the {party.title.en}")
