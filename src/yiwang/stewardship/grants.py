"""Grants in force with how they are used, and what about them should make somebody look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from yiwang.kernel import moment
from yiwang.pack.pack import Pack
from yiwang.registers.catalogue import Access, access_of
from yiwang.registers.declarations import Register
from yiwang.registers.given import declared
from yiwang.registers.queries import given_grants
from yiwang.registers.usage import Use, shapes, use_of_declared, use_of_given

MANY = 4  # reads a matter: form, check, decision and one more
FLAGS = ("many", "never", "soon")


@dataclass(frozen=True)
class Standing:
    """One grant in force: of which register, in words, how it is used, what is odd (by FLAGS).

    `id` is empty for one the pack declares.
    """

    register: Register
    access: Access
    use: Use
    flags: tuple[str, ...]
    id: UUID | None = None

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """What is odd, in words with a tone."""
        words = {
            "many": (gettext("more reads than its matters explain"), "bad"),
            "never": (gettext("not used in eight weeks"), "warn"),
            "soon": (gettext("ends soon"), "warn"),
        }
        return [words[flag] for flag in self.flags]


def grants_of(pack: Pack, *, steward: str = "", department: str = "") -> list[Standing]:
    """Grants in force, of one steward's registers or to one department; what is odd first."""
    registers = [
        one for one in pack.all(Register).values() if not steward or one.steward == steward
    ]
    found = [
        one for one in _standing(registers, pack, department)
        if not department or one.access.everybody or department in one.access.to
    ]  # fmt: skip
    return sorted(found, key=_rank)


def _standing(registers: Sequence[Register], pack: Pack, department: str) -> Iterator[Standing]:
    on = moment.today()
    read = shapes([one.id for one in registers])
    given = given_grants()
    for register in registers:
        for one in register.grants:
            if (one.until is None or on <= one.until) and one.to != (register.steward,):
                use = use_of_declared(one, register, read, department)
                yield _with_flags(register, access_of(one, register, pack), use)
        for row in given:
            if row.register == register.id and row.withdrawn_at is None and on <= row.until:
                access = access_of(declared(row), register, pack, row.purpose, row.a_day)
                yield _with_flags(register, access, use_of_given(row, read), row.id)


def _with_flags(register: Register, access: Access, use: Use, id: UUID | None = None) -> Standing:
    odd = {
        "many": use.matters > 0 and use.reads > MANY * use.matters,
        "never": not use.reads,
        "soon": access.soon,
    }
    return Standing(register, access, use, tuple(flag for flag in FLAGS if odd[flag]), id)


def _rank(one: Standing) -> tuple[bool, bool, bool, bool, int]:
    flags = [flag not in one.flags for flag in FLAGS]
    return (flags[0], flags[2], one.id is None, flags[1], -one.use.reads)
