"""Grants given on request, as the gate takes them: beside those the pack declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count

from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis
from yiwang.registers.declarations import Grant, Register
from yiwang.registers.grants import readers
from yiwang.registers.models import GivenGrant, Reading


def standing(registers: Collection[str], items: Collection[str], on: date) -> list[GivenGrant]:
    """Grants given for at least one of these items that stand on a day."""
    if not items or not registers:
        return []
    rows = GivenGrant.objects.filter(
        register__in=registers, withdrawn_at=None, since__lte=on, until__gte=on,
        services__overlap=list(items),
    )  # fmt: skip
    return list(rows.order_by("given_at", "id"))


def in_force(
    registers: Collection[str], items: Collection[str], on: date
) -> Mapping[str, list[GivenGrant]]:
    """Those of them that have reads left for the day, by register."""
    stand = standing(registers, items, on)
    used = reads_on([one.id for one in stand], on) if stand else {}
    return by_register(one for one in stand if used.get(one.id, 0) < one.a_day)


def by_register(grants: Iterable[GivenGrant]) -> dict[str, list[GivenGrant]]:
    """Grants by the register they open."""
    found: dict[str, list[GivenGrant]] = defaultdict(list)
    for one in grants:
        found[one.register].append(one)
    return found


def reads_on(grants: Collection[UUID], on: date) -> dict[UUID, int]:
    """How many reads each of these grants opened on a day."""
    begin = datetime.combine(on, time(), moment.CITY_ZONE)
    rows = Reading.objects.filter(given__overlap=list(grants), asked_at__gte=begin)
    counted: dict[UUID, int] = defaultdict(int)
    for given, count in rows.values_list("given").annotate(count=Count("id")).order_by():
        for one in given:
            counted[one] += count
    return counted


def opened(register: Register, given: Sequence[GivenGrant]) -> Register:
    """The register with these grants beside its declared ones."""
    if not given:
        return register
    return register.model_copy(
        update={"grants": (*register.grants, *(declared(one) for one in given))}
    )


def declared(one: GivenGrant) -> Grant:
    """A given grant in the shape of a declared one."""
    return Grant(
        to=(one.department,), columns=tuple(one.columns),
        basis=Basis(law=Text(**one.law), article=one.article), until=one.until,
    )  # fmt: skip


def needed_for(
    register: Register, given: Sequence[GivenGrant], granted: Mapping[str, Sequence[str]], on: date
) -> list[UUID]:
    """Those of the given grants without which less would have been open."""
    found = []
    for one in given:
        columns = [c for c in one.columns if one.department in granted.get(c, ())]
        if len(readers(register, [one.department], columns, on)) < len(columns):
            found.append(one.id)
    return found


def open_registers(
    registers: Iterable[Register], items: Collection[str], on: date
) -> dict[str, Register]:
    """Those registers of which given grants open more for these items, so opened."""
    known = {one.id: one for one in registers}
    given = by_register(standing(list(known), items, on))
    return {id: opened(known[id], several) for id, several in given.items()}
