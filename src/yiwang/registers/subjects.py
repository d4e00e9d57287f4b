"""Whom a read or a change of rows tells of: people, and firms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from yiwang.identity.actions import organisations_for, persons_for
from yiwang.kernel.identifiers import is_credit_code, is_identity_number
from yiwang.ledger.actions import Actor
from yiwang.registers.declarations import Register

NAME = "org_name"


def numbers_in(register: Register, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Identity numbers of the people and credit codes of the firms that rows (or what they were
    asked by) tell of; a firm's with its name, where the row has it."""
    name = next((column for column, id in register.columns.items() if id == NAME), "")
    found: dict[str, str] = {}
    for values in rows:
        for column in register.about:
            number = values.get(column)
            if isinstance(number, str) and is_identity_number(number):
                found.setdefault(number, "")
            elif isinstance(number, str) and is_credit_code(number):
                found[number] = str(values.get(name) or found.get(number, ""))
    return found


def subjects(numbers: Mapping[str, str], *, by: Actor) -> dict[str, UUID]:
    """The people and firms with these numbers, met now where nobody had met them before."""
    people = [number for number in sorted(numbers) if is_identity_number(number)]
    firms = {code: name for code, name in sorted(numbers.items()) if code not in people}
    found: dict[str, UUID] = {}
    if firms:
        found |= {code: one.id for code, one in organisations_for(firms, by=by).items()}
    if people:
        found |= persons_for(people, by=by)
    return found
