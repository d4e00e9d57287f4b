"""One value to be given again: what stands, what may be said instead, and where to return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from django.urls import reverse

from yiwang.cases.errors import NoSuchCase, OutOfOrder
from yiwang.cases.matters import item_of
from yiwang.cases.models import Case, PartyRow
from yiwang.cases.states import State
from yiwang.kernel.words import Text
from yiwang.services.matter import COUNT, Ask, Known, Matter, is_who_signed_in
from yiwang.services.pages.handling import may_give
from yiwang.services.pages.known import shown, source_words
from yiwang.services.pages.questions import field_for
from yiwang.services.plan import EXISTS
from yiwang.ui.fields import Field, Words
from yiwang.ui.formats import day_of

Way = Literal["change", "contest"]


@dataclass(frozen=True)
class Changing:
    """A question asked again. `stands` and `source` tell what a register says, if one does."""

    ask: Ask
    way: Way
    field: Field
    back: str
    stands: str = ""
    source: Words = ""
    as_of: Any = None

    def with_error(self, typed: str, error: Text) -> Changing:
        """The same, keeping what was typed and saying what is wrong with it."""
        return replace(self, field=replace(self.field, value=typed, error=error))


def changing(root: Case, matter: Matter, ask: Ask, way: Way, *, case: str = "") -> Changing:
    """Make ready to change an answer (`change`) or to contest a register (`contest`).

    `case` is the number of the item being mended, once the matter was sent. Raises OutOfOrder
    where this may not be given any more, NoSuchCase where nothing of the kind is known.
    """
    if not may_give(root, ask):
        raise OutOfOrder(root)
    back = reverse("services:check", args=[root.number])
    if root.state != State.DRAFT:
        mended = item_of(root, case) if case else None
        back = reverse("services:matter", args=[root.number])
        if mended:
            back = reverse("services:mend", args=[root.number, mended.number])
    if ask.column.element in (EXISTS, COUNT):
        return Changing(ask, way, _who(matter, ask, way), back)
    known = matter.known(ask)
    if known is None or (known.source == "person") != (way == "change") or known.source == "case":
        raise NoSuchCase()
    if is_who_signed_in(ask, known):
        raise NoSuchCase()
    value = known.value if way == "change" else known.claimed
    field = field_for(matter, ask, value=value, heading=True)
    if way == "change":
        return Changing(ask, way, field, back)
    return Changing(
        ask, way, field, back, shown(matter, ask, known, known.value),
        source_words(matter, known), _day(known),
    )  # fmt: skip


def _day(known: Known) -> Any:
    return day_of(known.as_of) if known.as_of else None


def _who(matter: Matter, ask: Ask, way: Way) -> Field:
    """Whether somebody exists, and how many: only what the person said may be said anew."""
    role, index, element, _ = ask.key
    member = matter.member(role, index)
    if way != "change" or member is None or member.tied != PartyRow.Tied.STATED:
        raise NoSuchCase()
    value = member.exists if element == EXISTS else str(len(matter.indexes(role)))
    return field_for(matter, ask, value=value, heading=True)
