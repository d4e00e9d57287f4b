"""Reading a root case into memory."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.cases.snapshot import Snapshot, as_told, snapshot
from yiwang.cases.sql import PEOPLE
from yiwang.kernel import moment
from yiwang.ledger.statement import Part, look
from yiwang.licences.queries import as_held, holdings
from yiwang.pack.queries import at as pack_at
from yiwang.registers import dictionary
from yiwang.registers.declarations import Register
from yiwang.registers.models import Reading
from yiwang.registers.queries import readings, waiting
from yiwang.services.matter import COUNT, Key, Known, Matter, Member
from yiwang.services.plan import EXISTS, Plan, plan_of


def plan_for(root: Case) -> Plan:
    """The plan of a root case, from the pack version it pinned."""
    return plan_of(pack_at(root.pack), root.what, root.kind)


def load(root: Case) -> Matter:
    """A root case as it stands now."""
    return load_with(root)[0]


def load_with(root: Case, *others: Part) -> tuple[Matter, list[Any]]:
    """A root case as it stands now, and what else was to be looked at, by one statement."""
    plan = plan_for(root)
    papers = holdings(PEOPLE, plan.licences, moment.today())
    told, holds, silent, *rest = look(snapshot(root.id), papers, waiting(root.id), *others)
    now = as_told(told)
    members = tuple(Member(*one) for one in now.parties)
    matter = Matter(
        plan=plan,
        on=moment.today(),
        members=members,
        facts=_facts(now, plan),
        licences=_licences(members, as_held(holds)),
        files=now.files,
        awaited=_awaited(plan, silent or []),
    )
    return matter, rest


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


def _licences(
    members: tuple[Member, ...], valid: dict[tuple[UUID, str], str]
) -> dict[tuple[str, int, str], str]:
    return {
        (member.role, member.index, kind): number
        for member in members
        for (holder, kind), number in valid.items()
        if holder == member.who
    }


def _awaited(plan: Plan, silent: list[str]) -> frozenset[tuple[str, int, str]]:
    """What a source was asked for within its time: not asked of the person yet."""
    found: set[tuple[str, int, str]] = set()
    for reading in readings(silent) if plan.asks_elsewhere and silent else ():
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
    """The root case with this number, if it is this person's or of a firm they act for;
    NoSuchCase otherwise."""
    return roots.own_root(number, applicant)
