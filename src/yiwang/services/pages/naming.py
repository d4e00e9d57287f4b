"""Who and what a question is about, in words; and what of another person may be seen. Pure."""

from __future__ import annotations

import re

from yiwang.cases.models import PartyRow
from yiwang.kernel.words import Text
from yiwang.rules import Column
from yiwang.services.course import stage_of
from yiwang.services.item import CASE
from yiwang.services.matter import COUNT, Ask, Matter
from yiwang.services.plan import EXISTS

NOBODY = Text(zh="", en="")
YOU = "您"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def called(matter: Matter, role: str, index: int) -> Text:
    """Who plays a role, as a question names them: a ward by name once it has one, several of
    them numbered; the applicant is 您 in Chinese."""
    if is_applicant(matter, role, index):
        return Text(zh=YOU, en=titled(matter, role, index).en)
    known = matter.facts.get((role, index, "name", ""))
    if is_ward(matter, role) and known is not None and known.usable:
        return Text(zh=str(known.usable), en=str(known.usable))
    return titled(matter, role, index)


def titled(matter: Matter, role: str, index: int) -> Text:
    """The title of a role, numbered where several play it; empty for the matter itself."""
    party = matter.plan.parties.get(role)
    if party is None:
        return NOBODY
    if len(matter.indexes(role)) < 2:
        return party.title
    nth = ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"
    return Text(zh=f"第{index + 1}个{party.title.zh}", en=f"{nth} {party.title.en}")


def is_applicant(matter: Matter, role: str, index: int) -> bool:
    """Whether this is whoever applies."""
    member = matter.member(role, index)
    return member is not None and member.tied == PartyRow.Tied.APPLICANT


def is_ward(matter: Matter, role: str) -> bool:
    """Whether the matter is about this role rather than with it: a child, say."""
    return any(item.per == role or role in item.guardians for item in matter.plan.items)


def is_own_project(matter: Matter, role: str) -> bool:
    """Whether this is the project of a course: its matters are begun by whoever has it."""
    found = stage_of(matter.plan.pack, matter.plan.kind, matter.plan.id)
    return found is not None and found[0].party == role


def is_open_to_applicant(matter: Matter, role: str, index: int) -> bool:
    """Whether the applicant sees register values of this party plainly, not masked."""
    own = is_applicant(matter, role, index) or is_own_project(matter, role)
    return own or role == CASE or is_ward(matter, role)


def said_by(heading: Text, who: Text) -> bool:
    """Whether a heading names somebody already, so that nothing below need repeat it."""
    return str(heading).lower() == str(who).lower()


def title_of(matter: Matter, ask: Ask) -> Text:
    """The short title of what is asked: `姓名`, `Name`."""
    role, _, element, _ = ask.key
    if element not in (EXISTS, COUNT):
        return matter.plan.elements[element].title
    party = matter.plan.parties[role]
    asked = party.exists if element == EXISTS else party.how_many
    return asked or party.title


def question_of(matter: Matter, ask: Ask) -> Text:
    """The whole question as a person is asked it; English says "the mother" but plain Xiaoman."""
    role, index, element, _ = ask.key
    if element in (EXISTS, COUNT):
        return title_of(matter, ask)
    declared = matter.plan.elements[element]
    if declared.ask is None:
        return declared.title
    asks_name = element == "name" and not is_applicant(matter, role, index)
    who = titled(matter, role, index) if asks_name else called(matter, role, index)
    question = declared.ask.question
    if who.en == who.zh:  # a name
        question = Text(zh=question.zh, en=question.en.replace("the {party}", "{party}"))
    return question.filled(party=who)


def read_ask(matter: Matter, name: str) -> Ask | None:
    """The question a form field or an address names; None where this matter has no such one."""
    parts = name.split("--")
    if len(parts) != 4 or not re.fullmatch("[0-9]{1,3}", parts[1]):
        return None
    role, index, element, for_item = parts[0], int(parts[1]), parts[2], parts[3]
    party = matter.plan.parties.get(role)
    known_role = role == CASE or party is not None
    known_element = element in matter.plan.elements or (party and element in (EXISTS, COUNT))
    known_item = not for_item or for_item in matter.plan.by_id
    if not (known_role and known_element and known_item):
        return None
    if element == COUNT:
        return Ask(Column(role, element), 0) if party and party.many else None
    if index not in matter.indexes(role):
        return None
    return Ask(Column(role, element), index, for_item)
