"""Values that are known already: how they are shown, where from, where to change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.kernel.words import Text, spoken
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register, Section
from yiwang.services.in_the_way import in_the_way
from yiwang.services.matter import Ask, Known, Matter, is_who_signed_in
from yiwang.services.pages.naming import (
    is_applicant,
    is_open_to_applicant,
    said_by,
    title_of,
    titled,
)
from yiwang.services.summary import Line, lines
from yiwang.ui.formats import day_of, masked_name, masked_number, masked_phone
from yiwang.ui.parts import Row, Words

MASKS = {
    "identity-number": masked_number, "bank-account": masked_number, "phone": masked_phone,
}  # fmt: skip


def known_in(matter: Matter, section: str, number: str) -> list[Row]:
    """What was not asked in a section because it is known, each with where it comes from."""
    return [
        row_of(matter, line, number)
        for line in lines(matter)
        if line.section == section and line.known.source != "person"
    ]


@dataclass(frozen=True)
class Told:
    """Something in the way of a draft, and where the answers it hangs on are changed."""

    text: Text
    changes: tuple[tuple[str, str], ...]


def in_words(matter: Matter, number: str) -> list[Told]:
    """What stands in the way of a draft, each with the way out."""
    return [
        Told(one.text, tuple((_named(matter, ask), _where(number, ask)) for ask in one.answers))
        for one in in_the_way(matter)
    ]


def _named(matter: Matter, ask: Ask) -> str:
    return called_by(titled(matter, *ask.key[:2]), title_of(matter, ask))


def _where(number: str, ask: Ask) -> str:
    return reverse("services:change", args=[number, ask.name])


def called_by(whose: Text | None, what: Words) -> str:
    """A value's title, with whose it is."""
    words = gettext("%(who)s: %(what)s") % {"who": whose, "what": what} if whose else what
    return _capital(str(words))


def row_of(matter: Matter, line: Line, number: str, *, of_whom: bool = True) -> Row:
    """One value of the summary; the link leads to changing what was said, or to saying that
    what a register told is wrong."""
    whose = titled(matter, *line.ask.key[:2]) if of_whom else None
    section = matter.plan.pack.all(Section).get(line.section)
    if section is not None and whose is not None and said_by(section.title, whose):
        whose = None
    return Row(
        label=called_by(whose, line.title),
        value=_value(matter, line),
        change_url=change_url(number, line.ask, line.known),
        source=source_words(matter, line.known),
        as_of=day_of(line.known.as_of) if line.known.as_of and _dated(line.known) else None,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _dated(known: Known) -> bool:
    return known.source not in ("person", "sign-in")


def change_url(number: str, ask: Ask, known: Known) -> str:
    """Where an answer is changed, or a register's value contested; empty where neither can be."""
    if known.source == "case" or is_who_signed_in(ask, known):
        return ""
    name = "services:change" if known.source == "person" else "services:contest"
    return reverse(name, args=[number, ask.name])


def _value(matter: Matter, line: Line) -> str:
    known = line.known
    stands = shown(matter, line.ask, known, known.value)
    if known.contested:
        claimed = shown(matter, line.ask, known, known.claimed, masked=False)
        words = gettext(
            "You say: %(claimed)s. On record: %(stands)s. A member of staff will check."
        )
        return words % {"claimed": claimed, "stands": stands}
    return stands


def shown(matter: Matter, ask: Ask, known: Known, value: Any, *, masked: bool | None = None) -> str:
    """A value as the applicant may see it: what a register told of another grown person is
    masked (`masked` None: decided by whose it is and where it comes from)."""
    role, index, element_id, _ = ask.key
    element = matter.plan.elements[element_id]
    words = dictionary.shown(element, value, spoken(), pack=matter.plan.pack)
    if masked is None and known.source != "person":
        open_ = is_open_to_applicant(matter, role, index)
        masked = not open_ or _names_another(matter, element, value)
    return _masked(element, words) if masked else words


def _names_another(matter: Matter, element: Element, value: Any) -> bool:
    """Whether a child's record bears somebody else's identity number: its other parent's, say."""
    if element.format != "identity-number" or element.id == "id_number":
        return False
    numbers = {
        known.usable
        for (role, index, id, _), known in matter.facts.items()
        if id == "id_number" and is_applicant(matter, role, index)
    }
    return value not in numbers


def _masked(element: Element, words: str) -> str:
    if element.id == "name":
        return masked_name(words)
    if mask := MASKS.get(element.format):
        return mask(words)
    return gettext("On record, not shown to you")


def source_words(matter: Matter, known: Known) -> Words:
    """Where a value comes from, for its badge."""
    if known.source == "register":
        register = matter.plan.pack.all(Register).get(known.source_id)
        return register.title if register else gettext("A register")
    words = {
        "sign-in": gettext("Your sign-in"),
        "licence": gettext("A document in your wallet"),
        "case": gettext("Decided in this matter"),
        "staff": gettext("The office"),
        "person": gettext("You told us"),
    }[known.source]
    return gettext("You told us, to be checked") if known.provisional else words
