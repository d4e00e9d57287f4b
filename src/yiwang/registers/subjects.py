"""Whom a read or a change of rows tells of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from yiwang.identity.actions import people_for
from yiwang.kernel.identifiers import is_identity_number
from yiwang.ledger.actions import Actor
from yiwang.registers.declarations import Register


def numbers_in(register: Register, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Identity numbers of the people that rows (or what they were asked by) tell of."""
    told = (values.get(column) for values in rows for column in register.about)
    return {one for one in told if isinstance(one, str) and is_identity_number(one)}


def persons(numbers: Iterable[str], *, by: Actor) -> dict[str, UUID]:
    """The persons with these identity numbers, met now where nobody had met them before."""
    names = dict.fromkeys(sorted(numbers), "")
    if not names:
        return {}
    return {number: person.id for number, person in people_for(names, by=by).items()}
