"""Reading a root case into memory."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Fact, PartyRow, Supplied
from yiwang.kernel import moment
from yiwang.licences.queries import held
from yiwang.pack.queries import at as pack_at
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register
from yiwang.registers.models import Reading
from yiwang.services.matter import COUNT, Known, Matter, Member
from yiwang.services.plan import EXISTS, Plan, plan_of


def plan_for(root: Case) -> Plan:
    """The plan of a root case, from the pack version it pinned."""
    return plan_of(pack_at(root.pack), root.what, root.kind)


def load(root: Case) -> Matter:
    """A root case as it stands now."""
    plan = plan_for(root)
    members = tuple(
        Member(row.role, row.index, row.person_id, row.exists, row.tied)
        for row in PartyRow.objects.filter(root=root)
    )
    return Matter(
        plan=plan,
        on=moment.today(),
        members=members,
        facts=_facts(root, plan),
        licences=_licences(plan, members),
        files=_files(root),
        awaited=_awaited(root, plan),
    )


def _facts(root: Case, plan: Plan) -> dict[tuple[str, int, str, str], Known]:
    elements = plan.pack.all(Element)
    found = {}
    for fact in Fact.objects.filter(root=root, current=True):
        element = elements.get(fact.element)
        if element is None:
            continue
        found[fact.role, fact.index, fact.element, fact.for_item] = Known(
            value=dictionary.from_json(element, fact.value),
            source=fact.source,
            source_id=fact.source_id,
            as_of=fact.as_of,
            provisional=fact.provisional,
            contested=fact.contested,
            claimed=dictionary.from_json(element, fact.claimed),
        )
    return found


def _licences(plan: Plan, members: tuple[Member, ...]) -> dict[tuple[str, int, str], str]:
    kinds = {paper.declared.licence for item in plan.items for paper in item.papers}
    kinds |= {item.service.result.licence for item in plan.items}
    people = [member.person for member in members if member.person]
    valid = held(people, [kind for kind in kinds if kind], moment.today())
    return {
        (member.role, member.index, kind): licence.number
        for member in members
        for (person, kind), licence in valid.items()
        if person == member.person
    }


def _files(root: Case) -> dict[tuple[str, str, int], str]:
    return {
        (one.material, one.role, one.index): str(one.document)
        for one in Supplied.objects.filter(root=root, current=True, document__isnull=False)
    }


def _awaited(root: Case, plan: Plan) -> frozenset[tuple[str, int, str]]:
    """What a source was asked for within its time: not asked of the person yet."""
    waiting = Reading.objects.filter(root=root.id, state=Reading.State.ASKED)
    found: set[tuple[str, int, str]] = set()
    for reading in waiting:
        register = plan.pack.get(Register, reading.register)
        patience = timedelta(seconds=register.source.seconds)
        if moment.now() - reading.asked_at > patience:
            continue
        for role, index in places(plan, reading):
            found |= {(role, index, register.columns[name]) for name in reading.columns}
            if role in plan.parties and plan.parties[role].many:
                found.add((role, 0, COUNT))
            found.add((role, index, EXISTS))
    return frozenset(found)


def places(plan: Plan, reading: Reading) -> list[tuple[str, int]]:
    """For which party instances a reading was made, by the key it was made with."""
    found = []
    for fact in Fact.objects.filter(root=reading.root, current=True):
        for read in plan.reads:
            by = {read.register.key: fact.value}
            if (
                read.register.id == reading.register
                and (fact.role, fact.element) == (read.role, read.key.element)
                and by == reading.by
            ):
                found.append((fact.role, fact.index))
    for role, party in plan.parties.items():
        if any(finding.register_ == reading.register for finding in party.found):
            found.append((role, 0))
    return list(dict.fromkeys(found))


def root_of(number: str, applicant: UUID) -> Case:
    """The root case with this number, if it is this person's; NoSuchCase otherwise."""
    case = Case.objects.filter(number=number, parent=None, applicant=applicant).first()
    if case is None:
        raise NoSuchCase()
    return case
