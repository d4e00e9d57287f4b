"""What one department may see of a matter: the values its item needs, and of registers only the
columns that are granted to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from yiwang.kernel.words import Text, spoken
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register
from yiwang.registers.given import open_registers
from yiwang.registers.grants import allowed
from yiwang.rules import Column
from yiwang.services.item import Item
from yiwang.services.matter import Key, Known, Matter, Standing
from yiwang.services.pages.naming import titled
from yiwang.services.plan import EXISTS, made_of


@dataclass(frozen=True)
class Shown:
    """One value as the office sees it. `value` is empty where it is not known; `hidden`: known,
    but not for this department. `doubt` says in words what is uncertain about it."""

    title: str
    value: str
    source: str = ""
    as_of: datetime | None = None
    doubt: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Group:
    """The values of one party."""

    title: str
    rows: tuple[Shown, ...]


@dataclass(frozen=True)
class Clearance:
    """One item's case seen by the department that handles it."""

    matter: Matter
    item: Item
    index: int
    department: str

    @cached_property
    def env(self) -> dict[Column, Any]:
        """The values the item's rules read. Not for display."""
        return self.matter.env(self.item, self.index)

    @cached_property
    def registers(self) -> Mapping[str, Register]:
        """The registers, with what grants given on request open of them for this item."""
        known = self.matter.plan.pack.all(Register)
        return {**known, **open_registers(known.values(), {self.item.id}, self.matter.on)}

    def key_of(self, column: Column, at: int) -> Key | None:
        """Where the value of a column is kept: what was given anew for this item goes first."""
        for for_item in (self.item.id, ""):
            key = (column.party, at, column.element, for_item)
            if key in self.matter.facts:
                return key
        return None

    def open(self, column: Column, known: Known) -> bool:
        """Whether the department may see a known value: anything but a register's it was given
        with the application; a register's only by a grant."""
        if known.source != "register":
            return True
        register = self.registers.get(known.source_id)
        if register is None:
            return False
        names = self._columns(register, column)
        return bool(allowed(register, [self.department], names, self.matter.on))

    def _columns(self, register: Register, column: Column) -> list[str]:
        """The columns of a register that tell an element, also by telling who a party is."""
        names = [n for n, element in register.columns.items() if element == column.element]
        if column.party in self.matter.plan.parties:
            for finding in self.matter.plan.findings(column.party):
                if finding.register_ == register.id and column.element in finding.gives:
                    names.append(finding.gives[column.element])
        return names

    def groups(self) -> tuple[Group, ...]:
        """Every value the item needs, by party: as its form names them, then as the dictionary."""
        columns = self._in_order(self.matter.leaves(self.item.needs()))
        found: dict[tuple[str, int], list[Shown]] = {}
        for role in (*self.matter.plan.parties, "case"):
            for column in (one for one in columns if one.party == role):
                for at in self.matter.indexes_for(self.item, role, self.index):
                    shown = self.shown(column, at)
                    if shown.value or shown.hidden:
                        found.setdefault((role, at), []).append(shown)
        return tuple(
            Group(_capital(str(self._whose(role, at))), tuple(rows))
            for (role, at), rows in found.items()
        )

    def _in_order(self, columns: Iterable[Column]) -> list[Column]:
        asked = {want.column: n for n, want in enumerate(self.item.wanted)}
        known = {id: n for n, id in enumerate(self.matter.plan.pack.all(Element))}
        last = len(asked)
        return sorted(columns, key=lambda c: (asked.get(c, last), known.get(c.element, -1)))

    def _whose(self, role: str, at: int) -> Text | str:
        return titled(self.matter, role, at) or gettext("This application")

    def shown(self, column: Column, at: int) -> Shown:
        """One value of one party instance."""
        if column.element == EXISTS:
            return self._existence(column, at)
        title = str(self.matter.plan.elements[column.element].title)
        if made_of(self.matter.plan.pack, column):
            return self._worked_out(column, title)
        key = self.key_of(column, at)
        if key is None:
            return Shown(title, "")
        known = self.matter.facts[key]
        if not self.open(column, known):
            doubt = self._doubt(column, known, plain=False)
            return Shown(title, "", self.source(known), doubt=doubt, hidden=True)
        value = self._words(column, known.value)
        return Shown(title, value, self.source(known), known.as_of, self._doubt(column, known))

    def _existence(self, column: Column, at: int) -> Shown:
        member = self.matter.member(column.party, at)
        absent = member is not None and member.exists is False
        return Shown(gettext("Is there one?"), gettext("No") if absent else "")

    def _worked_out(self, column: Column, title: str) -> Shown:
        source = gettext("worked out")
        for leaf in self.matter.leaves([column]):
            for at in self.matter.indexes_for(self.item, leaf.party, self.index):
                key = self.key_of(leaf, at)
                if key is not None and not self.open(leaf, self.matter.facts[key]):
                    return Shown(title, "", source, hidden=True)
        return Shown(title, self._words(column, self.env.get(column)), source)

    def _words(self, column: Column, value: Any) -> str:
        element = self.matter.plan.elements[column.element]
        return dictionary.shown(element, value, spoken(), pack=self.matter.plan.pack)

    def _doubt(self, column: Column, known: Known, *, plain: bool = True) -> str:
        if known.contested and plain:
            claimed = self._words(column, known.claimed)
            return gettext("The applicant says: %(claimed)s. Look into it.") % {"claimed": claimed}
        if known.contested:
            return gettext("The applicant says that it is wrong. Look into it.")
        if known.provisional:
            return gettext("Stated by the applicant because the register was silent; not checked.")
        return ""

    def source(self, known: Known) -> str:
        """Where a value comes from, in words."""
        if known.source == "register":
            register = self.matter.plan.pack.all(Register).get(known.source_id)
            return str(register.title) if register else gettext("a register")
        if known.source == "case":
            return gettext("decided in this matter")
        words = {
            "sign-in": gettext("sign-in"),
            "person": gettext("stated by the applicant"),
            "licence": gettext("a licence held"),
            "staff": gettext("stated by the office"),
        }
        return words[known.source]

    def of_columns(self, columns: Iterable[Column]) -> tuple[Shown, ...]:
        """The values of some columns as this item's case reads them, known or not."""
        found = []
        for column in columns:
            at = self.matter.index_for(self.item, column.party, self.index)
            shown = self.shown(column, at)
            who = titled(self.matter, column.party, at)
            title = _capital(f"{who}{shown.title}" if spoken() == "zh" else f"{who}: {shown.title}")
            found.append(Shown(title if who else shown.title, *_rest(shown)))
        return tuple(found)

    def uncertain(self) -> tuple[tuple[Column, int, Known], ...]:
        """Values the item reads that are provisional or contested."""
        found = []
        for column in sorted(self.matter.leaves(self.item.needs())):
            if column.element == EXISTS:
                continue
            for at in self.matter.indexes_for(self.item, column.party, self.index):
                key = self.key_of(column, at)
                if key is not None and not self.matter.facts[key].firm:
                    found.append((column, at, self.matter.facts[key]))
        return tuple(found)


def standing_of(seen: Clearance) -> Standing:
    """How the item stands before its rules."""
    return seen.matter.standing(seen.item, seen.index)


def _rest(shown: Shown) -> tuple[Any, ...]:
    return (shown.value, shown.source, shown.as_of, shown.doubt, shown.hidden)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
