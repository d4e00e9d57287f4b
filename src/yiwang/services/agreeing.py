"""Who has to agree to a matter by their own sign-in, and to exactly which text. Pure, but for
looking at what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from yiwang.cases.actions import ItemSpec
from yiwang.cases.consents import Said, Signer, consents_for, last_said
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, PartyRow
from yiwang.identity.queries import names_of
from yiwang.kernel.canonical import digest
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.registers import dictionary
from yiwang.services.declarations import Party
from yiwang.services.item import CASE, Item
from yiwang.services.matter import Matter, Member, Standing
from yiwang.services.summary import Line, lines

Tied = PartyRow.Tied
FOR_ALL = ("public", "internal")  # of the matter: a price, not a phone number
SAID_NO = Text(
    zh="{name}已经不同意过现在这份内容，不会再问第二次。请先改动与对方有关的内容、换人，或撤销。",
    en="{name} has said no to exactly this and is not asked twice. Change what concerns them, name "
    "somebody else, or discard it.",
)


def signs(matter: Matter, member: Member) -> bool:
    """Whether this party has to agree by their own sign-in."""
    party = matter.plan.parties.get(member.role)
    if party is None or member.who is None or member.exists is False:
        return False
    if party.confirms == "always":
        return member.tied != Tied.APPLICANT
    named = (member.role, member.index, "id_number", "") in matter.facts
    return member.tied == Tied.STATED and named


def signers_of(matter: Matter, standing: Standing) -> tuple[Member, ...]:
    """The parties of one item that have to agree."""
    return tuple(
        member
        for role in standing.item.roles.values()
        for at in matter.indexes_for(standing.item, role, standing.index)
        if (member := matter.member(role, at)) and signs(matter, member)
    )


def roles_of(matter: Matter, who: UUID) -> list[Member]:
    """The roles in which a person or organisation has to agree."""
    return [one for one in matter.members if one.who == who and one.tied != Tied.APPLICANT]


def items_signed(matter: Matter, who: UUID) -> list[Standing]:
    """The items that wait for somebody's consent."""
    return [
        standing
        for standing in matter.standings
        if standing.applies and any(one.who == who for one in signers_of(matter, standing))
    ]


def agreed_lines(matter: Matter, who: UUID) -> list[Line]:
    """What somebody agrees to: all that is stated of themselves, of the things and organisations
    their items are about, what of the matter is not personal (a price), and what the others let
    them see."""
    items = [standing.item for standing in items_signed(matter, who)]
    mine = {(one.role, one.index) for one in roles_of(matter, who)}
    return [line for line in lines(matter) if _concerns(matter, line, items, mine)]


def _concerns(
    matter: Matter, line: Line, items: Sequence[Item], mine: set[tuple[str, int]]
) -> bool:
    column = line.ask.column
    if (column.party, line.ask.index) in mine:
        return True
    if column.party == CASE:
        return matter.plan.elements[column.element].sensitivity in FOR_ALL
    party: Party | None = matter.plan.parties.get(column.party)
    if party is None:
        return False
    if party.kind == "person":
        return column.element in party.seen_by_others
    return any(column in matter.leaves(item.needs()) for item in items)


def agreed_digest(matter: Matter, who: UUID) -> str:
    """The digest of the text somebody agrees to."""
    return digest(
        {
            "matter": matter.plan.id,
            "pack": matter.plan.pack.hash,
            "as": sorted([one.role, one.index] for one in roles_of(matter, who)),
            "items": [[one.item.id, one.index] for one in items_signed(matter, who)],
            "values": {
                line.ask.name: dictionary.to_json(line.known.usable)
                for line in agreed_lines(matter, who)
            },
        }
    )


def signer(matter: Matter, member: Member) -> Signer:
    """A party as one who is asked."""
    party = matter.plan.parties[member.role]
    assert member.who is not None
    return Signer(
        member.person, member.organisation, agreed_digest(matter, member.who),
        party.confirm_within, party.unconfirmed == "returns",
    )  # fmt: skip


def still_to_ask(root: Case, specs: Sequence[ItemSpec]) -> list[ItemSpec]:
    """The same items, without those who agreed to this very text before. Raises Refusal where
    somebody said no to it."""
    if not any(spec.confirmed_by for spec in specs):
        return list(specs)
    said = last_said(root)
    for one in {one.who: one for spec in specs for one in spec.confirmed_by}.values():
        before = said.get(one.who)
        if before and before.said == Said.DECLINED and before.digest == one.digest:
            raise Refusal(SAID_NO.filled(name=names_of([one.who]).get(one.who, "")))
    done = {who for who, one in said.items() if one.said == Said.AGREED}
    return [
        replace(
            spec,
            confirmed_by=tuple(
                one
                for one in spec.confirmed_by
                if not (one.who in done and said[one.who].digest == one.digest)
            ),
        )
        for spec in specs
    ]


def asked_digest(root: Case, person: UUID) -> str:
    """The digest of all this person is asked to agree to in a root; NoSuchCase for nothing."""
    asked = consents_for(root, person)
    if not asked:
        raise NoSuchCase()
    return digest(sorted([str(one.person_id or one.organisation_id), one.digest] for one in asked))
