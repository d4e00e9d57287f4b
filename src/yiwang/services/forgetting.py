"""Letting go of what registers told by a value that has changed since."""

from __future__ import annotations

from typing import Any

from yiwang.cases.actions import NewMember, put_members, set_facts_aside
from yiwang.cases.models import Case, PartyRow
from yiwang.registers.actions import set_readings_aside
from yiwang.rules import Column
from yiwang.services.matter import Matter


def forget_told(root: Case, matter: Matter, column: Column, index: int) -> None:
    """`column` of a party is about to change: who was found by it, and what was read by it, is
    not known any more, and neither is what was asked by that in turn."""
    known = matter.facts.get((column.party, index, column.element, ""))
    if known is None:
        return
    _finders(root, matter, column, known.usable)
    for read in matter.plan.reads:
        if read.key == column:
            set_readings_aside(root.id, read.register.id, read.register.key, str(known.usable))
            told = [made.element for made in read.columns.values()]
            _set_aside(root, matter, column.party, index, told, read.register.id)


def _finders(root: Case, matter: Matter, column: Column, value: Any) -> None:
    for role, party in matter.plan.parties.items():
        for finding in party.found:
            for name, key in finding.by.items():
                if key == str(column):
                    set_readings_aside(root.id, finding.register_, name, str(value))
                    _lose(root, matter, role, list(finding.gives), finding.register_)


def _lose(root: Case, matter: Matter, role: str, elements: list[str], register: str) -> None:
    """Whoever a register told of plays the role no more."""
    party = matter.plan.parties[role]
    exists = False if party.many else None if party.optional else True
    for member in [one for one in matter.members if one.role == role]:
        _set_aside(root, matter, role, member.index, elements, register)
        if member.tied == PartyRow.Tied.REGISTER:
            put_members(root, [NewMember(role, member.index, None, exists, "")])


def _set_aside(
    root: Case, matter: Matter, role: str, index: int, elements: list[str], register: str
) -> None:
    """Facts a register told of a party; first whatever was told by one of them."""
    for element in elements:
        known = matter.facts.get((role, index, element, ""))
        if known is not None and (known.source, known.source_id) == ("register", register):
            forget_told(root, matter, Column(role, element), index)
    set_facts_aside(root, role=role, index=index, elements=elements, register=register)
