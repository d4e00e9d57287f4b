"""What a party is asked to agree to, and how the parties stand for whoever applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from yiwang.cases.consents import Said, consents_for, last_said
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Consent
from yiwang.cases.states import State
from yiwang.identity.models import Person
from yiwang.identity.queries import names_of
from yiwang.kernel.words import Text
from yiwang.services.agreeing import agreed_lines, items_signed, roles_of
from yiwang.services.matter import Matter
from yiwang.services.pages.known import shown
from yiwang.services.pages.naming import titled
from yiwang.services.summary import Line
from yiwang.ui.parts import Row


@dataclass(frozen=True)
class Part:
    """One piece of the text: of whom it is, and its values."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Confirming:
    """What a party is asked to agree to: exactly the text their consent is bound to. `firms` are
    the organisations they answer for, `due` the last day."""

    title: Text
    applicant: str
    role: Text
    firms: tuple[str, ...]
    items: tuple[str, ...]
    parts: tuple[Part, ...]
    due: date | None
    returns: bool


@dataclass(frozen=True)
class Voice:
    """One party and how they stand: `how` is asked, agreed, declined or silent."""

    name: str
    role: Text
    how: str
    state: str
    tone: str
    words: str
    due: date | None


def confirming(root: Case, person: Person, matter: Matter) -> Confirming:
    """What is asked of this person; NoSuchCase where nothing is."""
    consents = consents_for(root, person.id)
    whom = [one.person_id or one.organisation_id for one in consents]
    roles = [role for who in whom if who for role in roles_of(matter, who)]
    if not consents or not roles:
        raise NoSuchCase()
    items = dict.fromkeys(
        str(one.item.service.title) for who in whom if who for one in items_signed(matter, who)
    )
    found = {line.ask: line for who in whom if who for line in agreed_lines(matter, who)}
    firms = [one.organisation_id for one in consents if one.organisation_id]
    return Confirming(
        title=matter.plan.title,
        applicant=root.organisation.name if root.organisation else root.applicant.name,
        role=titled(matter, roles[0].role, roles[0].index),
        firms=tuple(names_of(firms).values()),
        items=tuple(items),
        parts=_parts(matter, list(found.values()), {(one.role, one.index) for one in roles}),
        due=min((one.due_on for one in consents if one.due_on), default=None),
        returns=any(one.returns for one in consents),
    )


def _parts(matter: Matter, found: Sequence[Line], mine: set[tuple[str, int]]) -> tuple[Part, ...]:
    grouped: dict[tuple[str, int], list[Row]] = {}
    for line in found:
        role, index = line.ask.key[:2]
        value = shown(matter, line.ask, line.known, line.known.usable, masked=False)
        grouped.setdefault((role, index), []).append(Row(line.title, value))
    own = [key for key in grouped if key in mine]
    others = [key for key in grouped if key not in mine]
    return tuple(
        Part(_heading(matter, *key, mine=key in mine), tuple(grouped[key]))
        for key in (*others, *own)
    )


def _heading(matter: Matter, role: str, index: int, *, mine: bool) -> str:
    title = titled(matter, role, index)
    if mine:
        return gettext("What was stated about you")
    return str(title)[:1].upper() + str(title)[1:] if title.en else gettext("The matter itself")


def voices(root: Case, matter: Matter) -> tuple[Voice, ...]:
    """How everybody stands who was asked to agree, the first asked first."""
    said = last_said(root)
    names = names_of(said)
    return tuple(_voice(matter, who, names.get(who, ""), one) for who, one in said.items())


def _voice(matter: Matter, who: object, name: str, one: Consent) -> Voice:
    members = [member for member in matter.members if member.who == who]
    role = titled(matter, members[0].role, members[0].index) if members else Text(zh="", en="")
    at = (members[0].role, members[0].index, "name", "") if members else None
    stated = matter.facts.get(at) if at else None
    name = str(stated.usable) if stated and stated.usable else name
    states = {
        Said.ASKED: (gettext("Has not answered yet"), "wait"),
        Said.AGREED: (gettext("Agreed"), "good"),
        Said.DECLINED: (gettext("Does not agree"), "bad"),
        Said.SILENT: (gettext("Did not answer in time"), "warn"),
    }
    state, tone = states[Said(one.said)]
    return Voice(name, role, one.said, state, tone, one.words, one.due_on)


def objections(root: Case, matter: Matter) -> tuple[Voice, ...]:
    """Why a draft came back: who said no, or nothing, and still takes part."""
    if root.state != State.DRAFT or root.submitted_at is None:
        return ()
    here = {member.who for member in matter.members if member.exists is not False}
    said = last_said(root)
    names = names_of(said)
    return tuple(
        _voice(matter, who, names.get(who, ""), one)
        for who, one in said.items()
        if one.said in (Said.DECLINED, Said.SILENT) and who in here
    )
