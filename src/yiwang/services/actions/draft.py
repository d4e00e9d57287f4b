"""Starting a matter, answering, contesting, giving papers: everything before it is sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import (
    NewFact,
    NewMember,
    give_paper,
    open_draft,
    put_facts,
    put_members,
)
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case, PartyRow
from yiwang.cases.states import State
from yiwang.files.actions import keep
from yiwang.files.models import Document
from yiwang.identity.actions import person_for
from yiwang.identity.declarations import Division
from yiwang.identity.errors import NoMandate
from yiwang.identity.models import Organisation, Person
from yiwang.identity.queries import hold_organisation, hold_person, may_act_for, organisations
from yiwang.kernel.errors import BadInput, BadInputs
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.pack.queries import current
from yiwang.registers import dictionary
from yiwang.registers.declarations import Register
from yiwang.registers.queries import silent
from yiwang.services.asking import open_questions
from yiwang.services.changeable import changeable, name_of_ask
from yiwang.services.forgetting import forget_told
from yiwang.services.gather import gather
from yiwang.services.item import Item
from yiwang.services.matter import COUNT, Ask, Known, Matter, Member, is_who_signed_in
from yiwang.services.plan import EXISTS, Plan, plan_of
from yiwang.services.queries import load, places
from yiwang.services.succession import Succession, broken

STATED = PartyRow.Tied.STATED
ANSWER_THIS = Text(zh="请回答「{title}」。", en="Answer “{title}”.")
NO_SUCH_QUESTION = Text(
    zh="这一项现在不需要回答。请刷新页面。", en="This need not be answered now. Reload the page."
)
LONGEST_COUNT = 3  # digits
HOW_MANY = Text(
    zh="请填 {least} 到 {most} 之间的整数。", en="Give a whole number from {least} to {most}."
)
NOT_YOURS = Text(
    zh="您不能以「{role}」的身份申请这件事。请从办事指南重新选择。",
    en="You cannot apply for this as “{role}”. Choose again from the guide.",
)
NAMED_STANDS = Text(
    zh="办件提交后不能换人。如果写错了人，请撤回后重新申请。",
    en="Once a matter is sent nobody in it can be exchanged for somebody else. If you named the "
    "wrong person, withdraw it and apply anew.",
)
SIGNED_IN_AS = Text(
    zh="这是您登录用的身份，不能在这里改。号码有误，请带身份证到任一窗口更正。",
    en="This is who you signed in as and cannot be changed here. If the number is wrong, bring "
    "your identity card to any counter.",
)
SAME_AGAIN = Text(
    zh="「{title}」和另一个的一样。请核对；确实要一样的，请拨打热线由工作人员办理。",
    en="“{title}” is the same as the other's. Check it; if it is really meant to be the same, call "
    "the hotline and a member of staff will help.",
)
SELF = Text(
    zh="这里要填另一个人的号码，不能填您自己的。", en="This asks for another person's number."
)


@transaction.atomic
def start(
    kind: str, what: str, role: str, *, person: Person, by: Actor, firm: UUID | None = None
) -> Case:
    """Open a draft for a bundle or service, or return the one that is open; ask the registers.

    Where the role is an organisation's, `firm` says for which one the person acts. Raises BadInput
    for a role that may not apply, NoMandate where the person may not act for the firm in this.
    """
    plan = plan_of(current(), what, kind)
    if role not in plan.applicant:
        raise BadInput("role", NOT_YOURS.filled(role=role))
    organisation = _firm(plan, role, person, firm)
    if organisation is not None:
        hold_organisation(organisation.id)
    hold_person(person.id)  # of two presses the second finds the draft of the first
    firm = organisation.id if organisation else None
    if found := roots.open_draft_of(person.id, kind=kind, what=what, role=role, organisation=firm):
        return found
    root = open_draft(
        plan.pack, kind=kind, what=what, department=plan.lead, applicant=person.id, role=role,
        organisation=firm, by=by,
    )  # fmt: skip
    put_members(root, _members(plan, role, organisation or person))
    put_facts(
        root,
        [
            NewFact(role, 0, element, value, source="sign-in")
            for element, value in _signed_in(organisation or person)
            if value and element in plan.elements
        ],
    )
    gather(root, by=by)
    return root


def _firm(plan: Plan, role: str, person: Person, firm: UUID | None) -> Organisation | None:
    """The firm acted for; None where a person applies for themselves."""
    if plan.parties[role].kind != "organisation":
        return None
    found = organisations([firm]).get(firm) if firm else None
    if found is None or may_act_for(person, found, service=plan.id) is None:
        raise NoMandate()
    return found


def _signed_in(who: Person | Organisation) -> list[tuple[str, str | None]]:
    """What is known of whoever applies, by their sign-in."""
    if isinstance(who, Organisation):
        return [("credit_code", who.credit_code), ("org_name", who.name)]
    return [("id_number", who.id_number), ("name", who.name)]


def _members(plan: Plan, role: str, who: Person | Organisation) -> list[NewMember]:
    if isinstance(who, Organisation):
        members = [NewMember(role, 0, None, True, "applicant", who.id)]
    else:
        members = [NewMember(role, 0, who.id, True, "applicant")]
    for other, party in plan.parties.items():
        if other != role and not party.many:
            members.append(NewMember(other, 0, None, None if party.optional else True))
    return members


def _open_for(case_id: UUID, wanted: Iterable[str]) -> Case:
    """The root, locked, if what is `wanted` may still be given: anything in a draft, after
    sending only what an office asked for, or what an item that was not granted reads."""
    root = roots.locked_root(case_id)
    if root.state != State.DRAFT and not set(wanted) <= changeable(root):
        raise OutOfOrder(root)
    return root


@transaction.atomic
def answer(case_id: UUID, asks: list[Ask], given: Mapping[str, str], *, by: Actor) -> Matter:
    """Take the answers to the questions of one screen, then ask the registers again.

    Only what is asked now may be answered, and what the person said before be said anew: whoever
    posts a field nobody asked for is not believed. `given` maps field names to what was typed.
    Raises BadInputs with every wrong field; nothing is kept then (the screen still holds what was
    typed).
    """
    root = _open_for(case_id, [name_of_ask(ask) for ask in asks])
    matter = load(root)
    open_ = set(open_questions(matter))
    values, wrong = {}, []
    for ask in asks:
        try:
            _must_be_asked(root, matter, ask, open_)
            values[ask] = read(matter, ask, given.get(ask.name, ""))
            _must_be_the_same(root, matter, ask, values[ask])
        except BadInput as error:
            wrong.append(error)
    if wrong := wrong or _out_of_order(matter, values):
        raise BadInputs(wrong)
    doubtful = _doubtful(root, matter.plan)
    for ask, value in values.items():
        _take(root, matter, ask, value, doubtful, by=by)
    return gather(root, by=by)


def _must_be_asked(root: Case, matter: Matter, ask: Ask, open_: Collection[Ask]) -> None:
    """Raise BadInput for what is not asked now and was not said by the person before."""
    role, index, element, _ = ask.key
    if element in (EXISTS, COUNT):
        member = matter.member(role, index)
        said = member is not None and member.tied in (STATED, PartyRow.Tied.CONFIRMED)
    else:
        known = matter.known(ask)
        said = known.source == "person" if known else root.state != State.DRAFT
        said = said and matter.plan.elements[element].ask is not None
    if ask not in open_ and not said:
        raise BadInput(ask.name, NO_SUCH_QUESTION)


def _must_be_the_same(root: Case, matter: Matter, ask: Ask, value: Any) -> None:
    """Once sent, whoever was named stays: they were asked to agree, nobody else was."""
    known = matter.known(ask)
    if root.state == State.DRAFT or ask.column.element != "id_number" or known is None:
        return
    if known.usable != value:
        raise BadInput(ask.name, NAMED_STANDS)


def read(matter: Matter, ask: Ask, raw: str) -> Any:
    """A typed answer as a value; BadInput where it is missing or wrong."""
    role, element = ask.column.party, ask.column.element
    if element == EXISTS:
        return _yes_or_no(matter, ask, raw)
    if element == COUNT:
        return _how_many(matter, ask, raw)
    declared = matter.plan.elements[element]
    if not raw.strip():
        raise BadInput(ask.name, ANSWER_THIS.filled(title=declared.title))
    bounds = matter.plan.bounds(ask.column)
    value = dictionary.parse(
        declared,
        raw,
        narrow=bounds,
        on=matter.on,
        field=ask.name,
        known=matter.plan.pack.all(Division),
    )
    if declared.format == "identity-number" and _someone_else(matter, role, value):
        raise BadInput(ask.name, SELF)
    if element in _distinct(matter, role) and _another_has(matter, ask, value):
        raise BadInput(ask.name, SAME_AGAIN.filled(title=declared.title))
    return value


def _out_of_order(matter: Matter, values: Mapping[Ask, Any]) -> list[BadInput]:
    """Days given now that may not stand beside each other, or beside what is known."""
    given = {ask.key: Known(value, "person") for ask, value in values.items()}
    said = replace(matter, facts={**matter.facts, **given})
    wrong: dict[Ask, BadInput] = {}
    for item in said.plan.items:
        for index in said.instances(item):
            for one, text in broken(said, item, index):
                if ask := _said_now(said, item, index, one, values):
                    wrong.setdefault(ask, BadInput(ask.name, text))
    return list(wrong.values())


def _said_now(
    matter: Matter, item: Item, index: int, one: Succession, values: Mapping[Ask, Any]
) -> Ask | None:
    """Which of the two days was given now."""
    for column in (one.column, one.other):
        ask = matter.asked(item, column, index)
        if ask in values:
            return ask
    return None


def _distinct(matter: Matter, role: str) -> tuple[str, ...]:
    party = matter.plan.parties.get(role)
    return party.distinct if party else ()


def _another_has(matter: Matter, ask: Ask, value: Any) -> bool:
    """Whether another of the same party (the other twin) was given the same."""
    role, index, element, _ = ask.key
    return any(
        (other, name) == (role, element) and at != index and known.usable == value
        for (other, at, name, _), known in matter.facts.items()
    )


def _someone_else(matter: Matter, role: str, number: Any) -> bool:
    return any(
        other != role and element == "id_number" and known.usable == number
        for (other, _, element, _), known in matter.facts.items()
    )


def _yes_or_no(matter: Matter, ask: Ask, raw: str) -> bool:
    if raw not in ("yes", "no", "true", "false"):
        title = matter.plan.parties[ask.column.party].exists
        raise BadInput(ask.name, ANSWER_THIS.filled(title=title))
    return raw in ("yes", "true")


def _how_many(matter: Matter, ask: Ask, raw: str) -> int:
    party = matter.plan.parties[ask.column.party]
    least, most, typed = 0 if party.optional else 1, party.at_most, raw.strip()
    if not typed.isdecimal() or len(typed) > LONGEST_COUNT or not least <= int(typed) <= most:
        raise BadInput(ask.name, HOW_MANY.filled(least=least, most=most))
    return int(typed)


def _take(
    root: Case, matter: Matter, ask: Ask, value: Any, doubtful: set[Any], *, by: Actor
) -> None:
    role, index, element, for_item = ask.key
    if element == EXISTS:
        named = _named(matter, role, index, by) if value else None
        put_members(root, [NewMember(role, index, named, value, STATED)])
        return
    if element == COUNT:
        put_members(root, _as_many(matter, role, value, by))
        return
    member, before = matter.member(role, index), matter.known(ask)
    if before is not None and before.usable != value:
        forget_told(root, matter, ask.column, index)
    if element == "id_number" and member is not None and _follows(matter, member):
        person = person_for(value, by=by)
        put_members(root, [NewMember(role, index, person.id, True, STATED)])
    put_facts(
        root,
        [
            NewFact(
                role, index, element, dictionary.to_json(value), source="person",
                for_item=for_item, provisional=(role, index, element) in doubtful,
            )
        ],
    )  # fmt: skip


def _as_many(matter: Matter, role: str, count: int, by: Actor) -> list[NewMember]:
    """So many of a party, those named before kept; whoever is one too many is not there."""
    rows = []
    for n in range(count):
        known = matter.member(role, n)
        person = known.person if known else None
        if person is None and matter.plan.parties[role].confirms != "always":
            person = person_for(None, by=by).id  # a newborn; who signs is known by their number
        rows.append(NewMember(role, n, person, True, STATED))
    too_many = [index for index in matter.indexes(role) or (0,) if index >= count]
    return rows + [NewMember(role, index, None, False, STATED) for index in too_many]


def _follows(matter: Matter, member: Member) -> bool:
    """Whether who plays a role follows from the number the applicant gives."""
    party = matter.plan.parties[member.role]
    if party.confirms == "always":
        return member.tied != PartyRow.Tied.APPLICANT
    return member.person is None or (member.tied == STATED and not party.many)


def _named(matter: Matter, role: str, index: int, by: Actor) -> UUID | None:
    """Whom the applicant named for a role before saying that there is nobody."""
    known = matter.facts.get((role, index, "id_number", ""))
    return person_for(known.usable, by=by).id if known and known.source == "person" else None


def _doubtful(root: Case, plan: Plan) -> set[tuple[str, int, str]]:
    """What a source should have told but did not in time: answers to it are provisional."""
    found = set()
    for reading in silent(root.id):
        register = plan.pack.get(Register, reading.register)
        for role, index in places(plan, reading):
            found |= {(role, index, register.columns[name]) for name in reading.columns}
    return found


@transaction.atomic
def contest(case_id: UUID, ask: Ask, raw: str, *, by: Actor) -> Matter:
    """Say that a prefilled value is wrong and what is right: both are kept, a person looks."""
    root = _open_for(case_id, [name_of_ask(ask)])
    matter = load(root)
    known = matter.known(ask)
    if known is None or known.source == "person":
        raise BadInput(ask.name, NO_SUCH_QUESTION)
    if is_who_signed_in(ask, known):
        raise BadInput(ask.name, SIGNED_IN_AS)
    given = read(matter, ask, raw)
    if wrong := _out_of_order(matter, {ask: given}):
        raise wrong[0]
    value = dictionary.to_json(given)
    role, index, element, for_item = ask.key
    stands = dictionary.to_json(known.value)
    put_facts(
        root,
        [
            NewFact(
                role, index, element, stands, source=known.source, source_id=known.source_id,
                for_item=for_item, as_of=known.as_of, contested=value != stands,
                claimed=value if value != stands else None,
            )
        ],
    )  # fmt: skip
    return load(root)


@transaction.atomic
def attach(
    case_id: UUID, *, material: str, role: str, index: int, file: UploadedFile, by: Actor
) -> Document:
    """Keep a file for a material of a party; BadInput("file") names what is wrong with it."""
    root = _open_for(case_id, [f"paper:{material}:{role}:{index}"])
    plan = load(root).plan
    uses = plan.papers.get((material, role))
    if not uses or uses[0][1].declared.upload is None:
        raise BadInput("file", NO_SUCH_QUESTION)
    upload = uses[0][1].declared.upload
    document = keep(
        file, root=root.id, by=by, accept=upload.accept, max_mb=upload.max_mb, party=role
    )
    give_paper(root, material=material, role=role, index=index, document=document.id)
    return document
