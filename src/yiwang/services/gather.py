"""Asking the registers instead of the person: who is who, and what they already know.

Runs until nothing new can be asked: each answer may tell the key of another register.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.cases.actions import NewFact, NewMember, put_facts, put_members
from yiwang.cases.models import Case, PartyRow
from yiwang.cases.roots import told_before
from yiwang.identity.actions import person_for
from yiwang.ledger.actions import Actor
from yiwang.registers import dictionary
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Answer
from yiwang.registers.gate import Ask as GateAsk
from yiwang.registers.gate import read as read_gate
from yiwang.registers.given import open_registers
from yiwang.registers.models import Reading
from yiwang.registers.queries import readings_of
from yiwang.rules import Column, Rule
from yiwang.services.declarations import Found
from yiwang.services.matter import Matter
from yiwang.services.plan import Read
from yiwang.services.queries import load

ROUNDS = 6
STATED = PartyRow.Tied.STATED


@dataclass(frozen=True)
class Errand:
    """One thing to ask a register: for whom, and whether it tells who they are."""

    ask: GateAsk
    role: str
    index: int
    finding: Found | None = None
    read: Read | None = None


@transaction.atomic
def gather(root: Case, *, by: Actor) -> Matter:
    """Read whatever registers can tell by now, and return the matter as it then stands."""
    for _ in range(ROUNDS):
        matter, readings = load(root), readings_of(root.id)
        errands = list(_errands(matter, _asked(readings), _in_vain(readings)))
        if not errands:
            return matter
        answers = read_gate(
            [errand.ask for errand in errands],
            purpose=f"{root.kind}:{root.what}",
            case=root.id,
            root=root.id,
            by=by,
        )
        for errand, answer in zip(errands, answers, strict=True):
            take_in(root, matter, errand, answer, by=by)
    return load(root)


def _asked(
    readings: Sequence[Reading],
) -> set[tuple[str, tuple[tuple[str, Any], ...], tuple[str, ...]]]:
    return {
        (reading.register, tuple(sorted(reading.by.items())), tuple(sorted(reading.columns)))
        for reading in readings
    }


def _in_vain(readings: Sequence[Reading]) -> set[tuple[str, tuple[tuple[str, Any], ...]]]:
    """What was looked up and is not there: the next way to find out may be tried."""
    return {
        (reading.register, tuple(sorted(reading.by.items())))
        for reading in readings
        if reading.state == Reading.State.NONE
    }


def _errands(matter: Matter, asked: set[Any], in_vain: set[Any]) -> Iterator[Errand]:
    seen = set()
    for errand in (*_findings(matter, in_vain), *_reads(matter)):
        ask = errand.ask
        mark = (ask.register.id, tuple(sorted(ask.by.items())))
        done = {
            (register, by) for register, by, columns in asked if set(ask.columns) <= set(columns)
        }
        if mark not in done and (*mark, ask.columns) not in seen:
            seen.add((*mark, ask.columns))
            yield errand


def _findings(matter: Matter, in_vain: set[Any]) -> Iterator[Errand]:
    plan = matter.plan
    offices = tuple(dict.fromkeys(item.service.department for item in plan.items))
    for role in plan.parties:
        for finding in plan.findings(role):
            by = _values(matter, finding.by)
            if by is None or not _open_to_finding(matter, role, finding):
                continue
            if (finding.register_, tuple(sorted(by.items()))) in in_vain:
                continue
            register = plan.pack.get(Register, finding.register_)
            columns = tuple(sorted(set(finding.gives.values())))
            yield Errand(GateAsk(register, by, columns, offices), role, 0, finding=finding)
            break


def _open_to_finding(matter: Matter, role: str, finding: Found) -> bool:
    """Whether a register may still tell who plays a role, or more of whom we know already (of
    whoever applies: that they are married, say)."""
    if matter.plan.parties[role].many:
        return not matter.indexes(role)
    member = matter.member(role)
    if member is None or member.person is None:
        return member is None or member.exists is not False
    return member.tied != STATED and any(
        (role, 0, element, "") not in matter.facts
        for element in finding.gives
        if Column(role, element) in matter.plan.needed_by
    )


def _values(matter: Matter, by: dict[str, str]) -> dict[str, str] | None:
    found = {}
    for column, name in by.items():
        role, _, element = name.partition(".")
        key = _key(matter, role, 0, element)
        if key is None:
            return None
        found[column] = key
    return found


def _reads(matter: Matter) -> Iterator[Errand]:
    for read in _all_reads(matter):
        for index in matter.indexes(read.role):
            key = _key(matter, read.role, index, read.key.element)
            if key is None:
                continue
            columns = tuple(sorted(_unknown(matter, read, index)))
            if columns:
                by = {read.register.key: key}
                register = matter.plan.pack.get(Register, read.register.id)
                ask = GateAsk(register, by, columns, read.departments)
                yield Errand(ask, read.role, index, read=read)


def _all_reads(matter: Matter) -> list[Read]:
    """What registers may tell by declared grants, or by more where grants given on request open
    it."""
    registers = matter.plan.pack.all(Register).values()
    opened = open_registers(registers, matter.plan.by_id.keys(), matter.on)
    more = matter.plan.reads_of(opened.values()) if opened else ()
    instead = {(read.register.id, read.role): read for read in more}
    reads = [instead.pop((one.register.id, one.role), one) for one in matter.plan.reads]
    return [*reads, *instead.values()]


def _key(matter: Matter, role: str, index: int, element: str) -> str | None:
    """A value to ask a register by. None where it is not known, or where asking would let the
    applicant look up whomever they name: a party they stated, a value only they claim."""
    member = matter.member(role, index)
    known = matter.facts.get((role, index, element, ""))
    if known is None or known.contested or known.usable in (None, ""):
        return None
    return None if member is not None and member.tied == STATED else str(known.usable)


def _unknown(matter: Matter, read: Read, index: int) -> list[str]:
    return [
        name
        for name, column in read.columns.items()
        if (column.party, index, column.element, "") not in matter.facts
    ]


def take_in(root: Case, matter: Matter, errand: Errand, answer: Answer, *, by: Actor) -> None:
    """Make what a register said known: members it told of, facts about them."""
    if answer.state != "answered":
        if errand.finding and answer.state == "none" and errand.finding.none_means == "absent":
            put_members(root, [NewMember(errand.role, 0, None, exists=False, tied="register")])
        return
    if errand.finding:
        for index, row in enumerate(_rows(matter, errand, answer)):
            _found(root, matter, errand, answer, index, row, by=by)
    elif errand.read:
        columns = errand.read.columns
        values = {columns[name].element: value for name, value in answer.rows[0].items()}
        put_facts(root, _facts(matter, errand.role, errand.index, values, answer))


def _rows(matter: Matter, errand: Errand, answer: Answer) -> list[dict[str, Any]]:
    party, finding = matter.plan.parties[errand.role], errand.finding
    rows = [row for row in answer.rows if finding and _fits(matter, finding, row)]
    return rows[: party.at_most] if party.many else rows[:1]


def _fits(matter: Matter, finding: Found, row: dict[str, Any]) -> bool:
    if finding.where is None:
        return True
    pack, elements = matter.plan.pack, matter.plan.elements
    rule = pack.memo(
        f"where {finding.where}", lambda p: Rule.parse(finding.where, dictionary.over_this(p))
    )
    facts = {
        Column("this", element): dictionary.from_json(elements[element], row.get(column))
        for element, column in finding.gives.items()
    }
    return rule.value(facts, on=matter.on) is True


def _found(
    root: Case, matter: Matter, errand: Errand, answer: Answer, index: int, row: dict[str, Any],
    *, by: Actor,
) -> None:  # fmt: skip
    finding = errand.finding
    assert finding is not None
    values = {element: row.get(column) for element, column in finding.gives.items()}
    party = matter.plan.parties[errand.role]
    number = values.get("id_number") if party.kind == "person" else None
    member = matter.member(errand.role, index)
    if member is not None and member.person is not None:
        _more(root, matter, errand, answer, values)
        return
    person = None
    if party.kind == "person":
        person = _met_before(errand, row) or (
            person_for(number, values.get("name") or "", by=by).id
        )
    put_members(root, [NewMember(errand.role, index, person, True, tied="register")])
    put_facts(root, _facts(matter, errand.role, index, values, answer))


def _more(
    root: Case, matter: Matter, errand: Errand, answer: Answer, values: dict[str, Any]
) -> None:
    """What a register adds about somebody known already, if it is the same person it tells of."""
    known = matter.facts.get((errand.role, 0, "id_number", ""))
    if known is None or values.get("id_number") in (None, known.usable):
        fresh = {
            element: value
            for element, value in values.items()
            if (errand.role, 0, element, "") not in matter.facts
        }
        put_facts(root, _facts(matter, errand.role, 0, fresh, answer))


def _met_before(errand: Errand, row: dict[str, Any]) -> UUID | None:
    """Whom an earlier matter found by the same row: a newborn has no number to be known by."""
    register = errand.ask.register
    finding = errand.finding
    if finding is None or "id_number" in finding.gives or row.get(register.key) is None:
        return None
    return told_before(errand.role, register.columns[register.key], row[register.key])


def _facts(
    matter: Matter, role: str, index: int, values: dict[str, Any], answer: Answer
) -> list[NewFact]:
    """What a register told, as facts; a value its element does not allow tells nothing."""
    return [
        NewFact(
            role, index, element, value, source="register", source_id=answer.ask.register.id,
            as_of=answer.as_of, act=answer.act,
        )
        for element, value in values.items()
        if _sound(matter, element, value)
    ]  # fmt: skip


def _sound(matter: Matter, element: str, value: Any) -> bool:
    try:
        return dictionary.from_json(matter.plan.elements[element], value) is not None
    except ValueError:
        return False
