"""Reading a root case into memory."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.cases.snapshot import Snapshot, snapshot
from yiwang.kernel import moment
from yiwang.licences.queries import held
from yiwang.pack.queries import at as pack_at
from yiwang.registers import dictionary
from yiwang.registers.declarations import Register
from yiwang.registers.models import Reading
from yiwang.registers.queries import waiting
from yiwang.services.matter import COUNT, Key, Known, Matter, Member
from yiwang.services.plan import EXISTS, Plan, plan_of


def plan_for(root: Case) -> Plan:
    """The plan of a root case, from the pack version it pinned."""
    return plan_of(pack_at(root.pack), root.what, root.kind)


def load(root: Case) -> Matter:
    """A root case as it stands now."""
    plan = plan_for(root)
    now = snapshot(root.id)
    members = tuple(Member(*one) for one in now.parties)
    return Matter(
        plan=plan,
        on=moment.today(),
        members=members,
        facts=_facts(now, plan),
        licences=_licences(plan, members),
        files=now.files,
        awaited=_awaited(root, plan),
    )


def _facts(now: Snapshot, plan: Plan) -> dict[Key, Known]:
    elements = plan.elements
    return {
        (fact.role, fact.index, fact.element, fact.for_item): Known(
            dictionary.from_json(elements[fact.element], fact.value),
            fact.source,
            fact.source_id,
            fact.as_of,
            fact.provisional,
            fact.contested,
            dictionary.from_json(elements[fact.element], fact.claimed),
        )
        for fact in now.facts
        if fact.element in elements
    }


def _licences(plan: Plan, members: tuple[Member, ...]) -> dict[tuple[str, int, str], str]:
    people = {member.person for member in members if member.person}
    valid = held(people, plan.licences, moment.today())
    return {
        (member.role, member.index, kind): number
        for member in members
        for (person, kind), number in valid.items()
        if person == member.person
    }


def _awaited(root: Case, plan: Plan) -> frozenset[tuple[str, int, str]]:
    """What a source was asked for within its time: not asked of the person yet."""
    if not plan.asks_elsewhere:
        return frozenset()
    found: set[tuple[str, int, str]] = set()
    for reading in waiting(root.id):
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
    for fact in roots.facts_now(reading.root):
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
    return roots.own_root(number, applicant)
