"""Questions as fields of a form, and one screen of them. Pure, but for the language spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from yiwang.identity.declarations import Division
from yiwang.identity.divisions import division_title
from yiwang.kernel.words import Text
from yiwang.registers.declarations import Element, Register, Section
from yiwang.rules import Column
from yiwang.services.asking import Page
from yiwang.services.matter import COUNT, Ask, Matter
from yiwang.services.pages.naming import NOBODY, question_of, said_by, titled
from yiwang.services.plan import EXISTS
from yiwang.ui.fields import Choice, Field, FieldType, Words

TYPES: dict[str, FieldType] = {
    "integer": "integer", "decimal": "decimal", "money": "money", "date": "date",
    "boolean": "boolean",
}  # fmt: skip
FORMATS: dict[str, FieldType] = {
    "long": "long_text", "identity-number": "identity_number", "phone": "phone",
    "email": "email", "address": "address",
}  # fmt: skip
LIVED_IN = "community"


@dataclass(frozen=True)
class Screen:
    """One screen of questions. `about` says whom they concern; `number` of `of` sections."""

    title: Words
    intro: Words
    about: Words
    number: int
    of: int
    fields: tuple[Field, ...]
    awaited: tuple[Text, ...] = ()


def screen(
    matter: Matter, page: Page, *, typed: Mapping[str, str], wrong: Mapping[str, Words], phone: str
) -> Screen:
    """The screen for a page of questions, keeping what was typed and saying what is wrong.

    `phone` is the number of the account, put into a question for a phone of the matter.
    """
    section = matter.plan.pack.all(Section).get(page.section)
    first = page.asks[0]
    fields = tuple(
        field_for(
            matter,
            ask,
            value=typed.get(ask.name, _offered(matter, ask, phone)),
            error=wrong.get(ask.name, ""),
            heading=len(page.asks) == 1,
        )
        for ask in page.asks
    )
    about = titled(matter, first.column.party, first.index)
    return Screen(
        title=section.title if section else matter.plan.title,
        intro=(section.intro or "") if section else "",
        about=NOBODY if section and said_by(section.title, about) else about,
        number=page.done + 1,
        of=page.total,
        fields=fields,
        awaited=awaited(matter),
    )


def awaited(matter: Matter) -> tuple[Text, ...]:
    """Titles of the registers that were asked and may still answer in time."""
    found: dict[str, Text] = {}
    for role, _, element in sorted(matter.awaited):
        for id in matter.plan.told.get(Column(role, element), ()):
            register = matter.plan.pack.get(Register, id)
            if register.source.kind == "http":
                found[id] = register.title
    return tuple(found.values())


def field_for(
    matter: Matter, ask: Ask, *, value: Any = None, error: Words = "", heading: bool = False
) -> Field:
    """The field that asks one question."""
    question = question_of(matter, ask)
    if ask.column.element == EXISTS:
        return Field(ask.name, question, "boolean", value=value, error=error, heading=heading)
    if ask.column.element == COUNT:
        party = matter.plan.parties[ask.column.party]
        counts = range(0 if party.optional else 1, party.at_most + 1)
        codes = tuple(Choice(str(n), str(n) if n else gettext("Nobody")) for n in counts)
        return Field(
            ask.name, question, "code", codes=codes, value=value, error=error, heading=heading
        )
    return _of_element(matter, ask, question, value=value, error=error, heading=heading)


def _of_element(
    matter: Matter, ask: Ask, question: Text, *, value: Any, error: Words, heading: bool
) -> Field:
    element = matter.plan.elements[ask.column.element]
    bounds = matter.plan.bounds(ask.column)
    return Field(
        ask.name,
        question,
        _type(element),
        help=_help(element),
        codes=_codes(matter, element, bounds.codes),
        value=value,
        error=error,
        heading=heading,
        minimum=bounds.min,
        maximum=matter.on if element.within == "past" and bounds.max is None else bounds.max,
        longest=bounds.max_length,
        unit=element.unit or "",
    )


def _type(element: Element) -> FieldType:
    if element.format in ("division", "consent") or element.codes:
        return "code"
    return TYPES.get(element.type) or FORMATS.get(element.format, "text")


def _codes(matter: Matter, element: Element, left: Sequence[str] | None) -> tuple[Choice, ...]:
    if element.format == "division":
        return _divisions(matter)
    if element.format == "consent":
        return (Choice("yes", gettext("I agree")), Choice("no", gettext("I do not agree")))
    return tuple(
        Choice(id, title) for id, title in element.codes.items() if left is None or id in left
    )


def _divisions(matter: Matter) -> tuple[Choice, ...]:
    pack = matter.plan.pack
    return tuple(
        Choice(one.id, division_title(pack, one.id))
        for one in pack.all(Division).values()
        if one.level == LIVED_IN
    )


def _help(element: Element) -> Text | str:
    asked = element.ask
    if asked is None:
        return ""
    if not asked.example:
        return asked.help or ""
    example = Text(zh=f"例如：{asked.example}", en=f"For example: {asked.example}")
    if asked.help is None:
        return example
    return Text(zh=f"{asked.help.zh}{example.zh}", en=f"{asked.help.en} {example.en}")


def _offered(matter: Matter, ask: Ask, phone: str) -> str | None:
    """What is put into an empty field beforehand: the account's phone as the matter's."""
    element = matter.plan.elements.get(ask.column.element)
    wants_phone = element is not None and (element.of, element.format) == ("matter", "phone")
    return phone if wants_phone and phone else None
