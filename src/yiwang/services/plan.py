"""Merging: from the items of a bundle, one form, one list of documents, one order. Pure.

Nothing of this is written by hand in a bundle. The same party and the same element is one
question, unless an item wants it given anew; the same licence of the same party is one document;
what a register, a held licence or another item tells is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit, Problem
from yiwang.pack.pack import Pack
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register, Section
from yiwang.registers.dictionary import Bounds
from yiwang.registers.grants import readers
from yiwang.rules import Column, Formula
from yiwang.services import order
from yiwang.services.declarations import (
    Bundle,
    BundleItem,
    Found,
    Joint,
    Narrowing,
    Party,
    Review,
    Service,
)
from yiwang.services.item import CASE, Item, Paper, read_item

EXISTS = "exists"


@dataclass(frozen=True)
class Slot:
    """One question of a form: an element of a party, for all items or given anew for one."""

    column: Column
    for_item: str = ""


@dataclass(frozen=True)
class Read:
    """Columns of a register that tell elements of a party, once `key` of that party is known."""

    register: Register
    role: str
    key: Column
    columns: Mapping[str, Column]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Several items as one matter, in the bundle's names."""

    id: str
    kind: str
    title: Text
    lead: str
    pack: Pack
    parties: Mapping[str, Party]
    applicant: tuple[str, ...]
    items: tuple[Item, ...]
    promise: Limit
    joint: Joint | None = None
    review: Review | None = None
    waits: tuple[order.Wait, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    days: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by service id."""
        return {item.id: item for item in self.items}

    @cached_property
    def outputs(self) -> frozenset[Column]:
        """Columns some item of this matter settles."""
        return frozenset().union(*(item.outputs for item in self.items))

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """The dictionary."""
        return self.pack.all(Element)

    @cached_property
    def licences(self) -> frozenset[str]:
        """The kinds of licence its items read or issue."""
        read = {paper.declared.licence for item in self.items for paper in item.papers}
        issued = {item.service.result.licence for item in self.items}
        return frozenset(kind for kind in read | issued if kind)

    @cached_property
    def asks_elsewhere(self) -> bool:
        """Whether some register that may tell something is not kept here, so may answer late."""
        found = {one.register_ for party in self.parties.values() for one in party.found}
        registers = [self.pack.get(Register, id) for id in found]
        return any(
            register.source.kind != "table"
            for register in (*registers, *(read.register for read in self.reads))
        )

    @cached_property
    def needed_by(self) -> dict[Column, tuple[str, ...]]:
        """Which items read a column, derived ones followed to what they are made of."""
        found: dict[Column, dict[str, None]] = {}
        for item in self.items:
            named = [want.column for want in item.wanted]
            needs = item.needs()
            told = [column for column in named if column in needs]
            for column in self._closure([*told, *sorted(needs.difference(told))]):
                found.setdefault(column, {})[item.id] = None
        return {column: tuple(items) for column, items in found.items()}

    def _closure(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        """The columns and what they are made of, in an order that every process works out."""
        seen: dict[Column, None] = {}
        todo = list(columns)[::-1]
        while todo:
            column = todo.pop()
            if column not in seen:
                seen[column] = None
                todo += made_of(self.pack, column)[::-1]
        return tuple(seen)

    @cached_property
    def anew(self) -> dict[tuple[str, Column], None]:
        """(item, column) pairs that must be given for that item itself."""
        return {
            (item.id, want.column): None for item in self.items for want in item.wanted if want.anew
        }

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every question that may come to be asked, in section order then as items name them."""
        found: dict[Slot, None] = {}
        for column, items in self.needed_by.items():
            if not self._askable(column):
                continue
            shared = [id for id in items if (id, column) not in self.anew]
            if shared:
                found[Slot(column)] = None
            for id in items:
                if (id, column) in self.anew:
                    found[Slot(column, id)] = None
        return tuple(sorted(found, key=self._rank))

    def _askable(self, column: Column) -> bool:
        if column in self.outputs:
            return False
        if column.element == EXISTS:
            return self.parties[column.party].exists is not None
        return self.elements[column.element].ask is not None

    @cached_property
    def _sections(self) -> dict[str, int]:
        return {id: n for n, id in enumerate(self.pack.all(Section))}

    def section_of(self, column: Column) -> str:
        """The section a question belongs to; whether a party exists is asked first of all."""
        if column.element == EXISTS:
            return self._first_section
        return self.elements[column.element].section or self.section_of_party(column.party)

    def section_of_party(self, role: str) -> str:
        """The section of whoever plays a role; how many there are is asked in it."""
        party = self.parties.get(role)
        return (party.section if party else None) or self._first_section

    @cached_property
    def _first_section(self) -> str:
        """Of the sections its parties stand in the one that comes first."""
        own = {party.section for party in self.parties.values()}
        return next((id for id in self._sections if id in own), "")

    def _rank(self, slot: Slot) -> tuple[int, int, int, int, int]:
        """By section; in it whether someone exists first and consents last; then by how many
        items it settles; then as items name it."""
        column = slot.column
        consent = column.element != EXISTS and self.elements[column.element].format == "consent"
        named = list(self.needed_by).index(column)
        settles = len(self.needed_by[column])
        exists = column.element == EXISTS
        section = self._sections.get(self.section_of(column), len(self._sections))
        return (section, not exists, consent, -settles, named)

    def items_of(self, slot: Slot) -> tuple[str, ...]:
        """The items a question serves."""
        if slot.for_item:
            return (slot.for_item,)
        return tuple(id for id in self.needed_by[slot.column] if (id, slot.column) not in self.anew)

    def bounds(self, column: Column) -> Bounds:
        """The narrowest bounds all items together put on an element of a party."""
        element = self.elements[column.element]
        return dictionary.intersect(element, [n for _, n in self.narrowings(column)])

    def narrowings(self, column: Column) -> list[tuple[str, Narrowing]]:
        """What each item's department demands of a column."""
        found = []
        for item in self.items:
            for name, narrow in item.service.narrow.items():
                party, _, element = name.partition(".")
                if Column(item.roles.get(party, party), element) == column:
                    found.append((item.id, narrow))
        return found

    @cached_property
    def papers(self) -> dict[tuple[str, str], tuple[tuple[str, Paper], ...]]:
        """Documents by (licence or name, party), each with the items that need it."""
        found: dict[tuple[str, str], list[tuple[str, Paper]]] = {}
        for item in self.items:
            for paper in item.papers:
                found.setdefault(paper.key, []).append((item.id, paper))
        return {key: tuple(uses) for key, uses in found.items()}

    @cached_property
    def issued(self) -> dict[tuple[str, str], str]:
        """Which item of this matter issues a licence of a party."""
        return {
            (item.service.result.licence, item.holder): item.id
            for item in self.items
            if item.service.result.licence
        }

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Register rows that may tell what is needed, as far as declared grants allow it."""
        return self.reads_of(self.pack.all(Register).values())

    def reads_of(self, registers: Iterable[Register]) -> tuple[Read, ...]:
        """What these registers may tell, as far as their grants allow it."""
        found = []
        for register in registers:
            key = register.columns[register.key]
            for role in (*self.parties, CASE):
                columns, departments = self._readable(register, role)
                if columns and self._obtainable(Column(role, key)):
                    found.append(Read(register, role, Column(role, key), columns, departments))
        return tuple(found)

    def _obtainable(self, key: Column) -> bool:
        """Whether a party's key can come to be known: needed, given by a finding, an identity."""
        party = self.parties.get(key.party)
        given = party is not None and any(key.element in found.gives for found in party.found)
        identity = party is not None and (party.kind, key.element) in (
            ("person", "id_number"),
            ("organisation", "credit_code"),
        )
        return given or identity or key in self.needed_by or key in self.outputs

    def _readable(self, register: Register, role: str) -> tuple[dict[str, Column], tuple[str, ...]]:
        columns: dict[str, Column] = {}
        departments: dict[str, None] = {}
        for name, element in register.columns.items():
            column = Column(role, element)
            if name == register.key or column not in self.needed_by:
                continue
            for department in readers(register, self._offices(column), [name], date.min).get(
                name, ()
            ):
                columns[name] = column
                departments[department] = None
        return columns, tuple(departments)

    def _offices(self, column: Column) -> list[str]:
        return [self.by_id[id].service.department for id in self.needed_by[column]]

    @cached_property
    def told(self) -> dict[Column, tuple[str, ...]]:
        """For each column: registers, licences and findings that may tell it."""
        found: dict[Column, list[str]] = {}
        for read in self.reads:
            for column in read.columns.values():
                found.setdefault(column, []).append(read.register.id)
        for role, party in self.parties.items():
            for finding in party.found:
                for element in finding.gives:
                    found.setdefault(Column(role, element), []).append(finding.register_)
        return {column: tuple(dict.fromkeys(sources)) for column, sources in found.items()}

    @cached_property
    def finding_keys(self) -> frozenset[Column]:
        """Columns by which registers tell who plays a role."""
        return frozenset(
            Column(*name.split(".", 1))
            for party in self.parties.values()
            for finding in party.found
            for name in finding.by.values()
        )

    def findings(self, role: str) -> tuple[Found, ...]:
        """How registers may tell who plays a role."""
        return self.parties[role].found


def made_of(pack: Pack, column: Column) -> list[Column]:
    """The columns a derived or aggregated element is made of; none for a plain one."""
    if column.element == EXISTS:
        return []
    element = pack.all(Element)[column.element]
    if element.derive:
        formula: Formula = dictionary.derived(pack)[element.id]
        return [Column(column.party, made.element) for made in sorted(formula.columns)]
    if element.aggregate and element.aggregate.element:
        return [Column(element.aggregate.party, element.aggregate.element)]
    return []


def plan_of(pack: Pack, what: str, kind: str) -> Plan:
    """The plan of a bundle (`kind` "bundle") or of one service alone; kept with the pack."""
    return pack.memo(f"plan {kind} {what}", lambda p: read_plan(p, what, kind)[0])


def read_plan(pack: Pack, what: str, kind: str) -> tuple[Plan, list[Problem]]:
    """A plan and everything wrong with the rules in it. Raises order.Circle for a loop."""
    if kind == "bundle":
        bundle = pack.get(Bundle, what)
        entries, parties = bundle.items, bundle.parties
        applicant, lead, promise = bundle.applicant, bundle.lead, bundle.promise
        title, joint, review = bundle.title, bundle.joint, bundle.review
    else:
        service = pack.get(Service, what)
        entries, parties = (BundleItem(service=what),), service.parties
        applicant, lead, promise = service.applicant, service.department, service.limits.promised
        title, joint, review = service.title, None, None
    items, problems = [], []
    for entry in entries:
        item, faults = read_item(
            pack, pack.get(Service, entry.service), parties=parties, given=entry.as_,
            within=entry.within,
        )  # fmt: skip
        items.append(item)
        problems += faults
    edges = order.waits(items)
    plan = Plan(
        id=what, kind=kind, title=title, lead=lead, pack=pack, parties=parties,
        applicant=applicant, items=tuple(items), promise=promise, joint=joint, review=review,
        waits=edges, levels=order.levels(items, edges), days=order.schedule(items, edges),
    )  # fmt: skip
    return plan, problems
