"""One root case in memory: its plan, who takes part, what is known and from where. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from yiwang.registers import dictionary
from yiwang.registers.declarations import Aggregate
from yiwang.rules import Column, Verdict
from yiwang.services.item import CASE, Check, Item, Paper, Writing
from yiwang.services.plan import EXISTS, Plan, made_of

COUNT = "count"
Key = tuple[str, int, str, str]  # role, index, element, for_item


@dataclass(frozen=True)
class Known:
    """A value with where it comes from. `usable` is what rules may read."""

    value: Any
    source: str
    source_id: str = ""
    as_of: datetime | None = None
    provisional: bool = False
    contested: bool = False
    claimed: Any = None

    @property
    def usable(self) -> Any:
        """The claimed value where the person contests ours."""
        return self.claimed if self.contested else self.value

    @property
    def firm(self) -> bool:
        """Whether an instant decision may rest on it."""
        return not (self.provisional or self.contested)


@dataclass(frozen=True)
class Member:
    """Who plays a role: the person or organisation once known; `exists` None while not known."""

    role: str
    index: int
    person: UUID | None
    exists: bool | None
    tied: str
    organisation: UUID | None = None

    @property
    def who(self) -> UUID | None:
        """The person's id, or the organisation's."""
        return self.person or self.organisation


@dataclass(frozen=True)
class Ask:
    """A question for one party instance; `for_item` where it is given anew."""

    column: Column
    index: int
    for_item: str = ""

    @property
    def key(self) -> Key:
        """Where the answer is kept."""
        return (self.column.party, self.index, self.column.element, self.for_item)

    @property
    def name(self) -> str:
        """The name of the form field."""
        return "--".join((self.column.party, str(self.index), self.column.element, self.for_item))


def is_who_signed_in(ask: Ask, known: Known) -> bool:
    """Whether this value is by whom the matter is applied for: nobody contests it here."""
    return known.source == "sign-in" and ask.column.element in ("id_number", "credit_code")


@dataclass(frozen=True)
class PaperStanding:
    """A document of a party instance: whether needed, and how it is had.

    `had` is "licence", "file", "later" (another item issues it) or "" where it is still open.
    """

    paper: Paper
    index: int
    needed: bool | None
    had: str
    reference: str = ""

    @property
    def open(self) -> bool:
        """Whether the person still has to give it."""
        return self.needed is not False and not self.had and self.paper.declared.upload is not None


@dataclass(frozen=True)
class Standing:
    """Where one item stands for one party instance, before it is decided.

    `applies` False: the item is left out. `missing` are columns that can still change something.
    """

    item: Item
    index: int
    applies: bool | None
    checks: tuple[tuple[Check, Verdict], ...]
    missing: frozenset[Column]
    papers: tuple[PaperStanding, ...]

    @property
    def unmet(self) -> tuple[Check, ...]:
        """Conditions known to be false."""
        return tuple(check for check, verdict in self.checks if verdict.value is False)


@dataclass(frozen=True)
class Matter:
    """A root case as the rules see it on one day."""

    plan: Plan
    on: date
    members: tuple[Member, ...]
    facts: Mapping[Key, Known]
    licences: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    files: Mapping[tuple[str, str, int], str] = field(default_factory=dict)
    awaited: frozenset[tuple[str, int, str]] = frozenset()

    @cached_property
    def _members(self) -> dict[str, dict[int, Member]]:
        found: dict[str, dict[int, Member]] = {}
        for member in sorted(self.members, key=lambda one: one.index):
            found.setdefault(member.role, {})[member.index] = member
        return found

    def member(self, role: str, index: int = 0) -> Member | None:
        """Who plays a role."""
        return self._members.get(role, {}).get(index)

    def indexes(self, role: str) -> tuple[int, ...]:
        """The instances of a role, 0 for what is always one."""
        party = self.plan.parties.get(role)
        if party is None or not party.many:
            return (0,)
        there = self._members.get(role, {})
        return tuple(index for index, one in there.items() if one.exists is not False)

    def nobody(self, role: str) -> bool:
        """Whether it is known that nobody of a party that may be several takes part."""
        member = self.member(role)
        optional = role in self.plan.parties and self.plan.parties[role].optional
        return optional and member is not None and member.exists is False

    def instances(self, item: Item) -> tuple[int, ...]:
        """For which instances of its `per` party an item has a case."""
        return self.indexes(item.per) if item.per else (0,)

    def index_for(self, item: Item, role: str, index: int) -> int:
        """The instance of `role` that an item's case at `index` reads."""
        return index if role == item.per else 0

    def indexes_for(self, item: Item, role: str, index: int) -> tuple[int, ...]:
        """Every instance of `role` an item's case concerns: the one it is about, or all."""
        return (index,) if role == item.per else self.indexes(role)

    def asked(self, item: Item, column: Column, index: int) -> Ask:
        """The question by which an item's case at `index` comes to know a column."""
        anew = item.id if (item.id, column) in self.plan.anew else ""
        return Ask(column, self.index_for(item, column.party, index), anew)

    def known(self, ask: Ask) -> Known | None:
        """What is known of a question."""
        return self.facts.get(ask.key)

    def env(
        self, item: Item, index: int, one: Mapping[str, int] = MappingProxyType({})
    ) -> dict[Column, Any]:
        """The values an item's rules read: its own party instances, what was given anew for it,
        what is derived. Unknown columns are absent. `one` says which of a party that may be many
        is meant."""
        values = self._plain(item, index, one)
        for role in (*self.plan.parties, CASE):
            member = self.member(role, one.get(role, self.index_for(item, role, index)))
            if role in self.plan.parties and self.plan.parties[role].optional:
                values[Column(role, EXISTS)] = member.exists if member else None
        for column in item.scope_closure(self.plan.pack):
            self._derive(column, values)
        return values

    def envs(self, item: Item, index: int, role: str) -> list[dict[Column, Any]]:
        """The values once for each of `role`; once in all where no role is given."""
        if not role:
            return [self.env(item, index)]
        return [self.env(item, index, {role: at}) for at in self.indexes_for(item, role, index)]

    def _plain(self, item: Item, index: int, one: Mapping[str, int]) -> dict[Column, Any]:
        values: dict[Column, Any] = {}
        for (role, at, element, for_item), known in self.facts.items():
            column = Column(role, element)
            own = item.id if (item.id, column) in self.plan.anew else ""
            if at == one.get(role, self.index_for(item, role, index)) and for_item == own:
                values[column] = known.usable
        return values

    def _derive(self, column: Column, values: dict[Column, Any]) -> None:
        if column in values or column.element == EXISTS:
            return
        element = self.plan.elements[column.element]
        if element.derive:
            formula = dictionary.derived(self.plan.pack)[element.id]
            for made in formula.columns:
                self._derive(Column(column.party, made.element), values)
            own = {c: values.get(Column(column.party, c.element)) for c in formula.columns}
            values[column] = formula.value(own, on=self.on)
        elif element.aggregate:
            values[column] = self.aggregated(element.aggregate)

    def aggregated(self, over: Aggregate) -> Any:
        """A value over all instances of a party; None while one of them is unknown."""
        indexes = self.indexes(over.party)
        if over.take == "count":
            return len(indexes) or (0 if self.nobody(over.party) else None)
        if not indexes and not self.nobody(over.party):
            return None
        found = [self.facts.get((over.party, n, over.element or "", "")) for n in indexes]
        return dictionary.aggregated(over, [one.usable if one else None for one in found])

    def standing(self, item: Item, index: int) -> Standing:
        """Whether an item applies, how its conditions stand and what is still missing."""
        env = self.env(item, index)
        applies = item.when.value(env, on=self.on) if item.when else True
        if applies is not True:
            missing = item.when.missing(env, on=self.on) if item.when else frozenset()
            return Standing(item, index, applies, (), missing, ())
        checks = tuple((check, check.rule.decide(env, on=self.on)) for check in item.checks)
        papers = tuple(
            self._paper(item, paper, at, env)
            for paper in item.papers
            for at in self.indexes_for(item, paper.role, index)
        )
        missing = self._missing(item, env, checks)
        return Standing(item, index, True, checks, missing, papers)

    def _missing(
        self, item: Item, env: Mapping[Column, Any], checks: Iterable[tuple[Check, Verdict]]
    ) -> frozenset[Column]:
        found: set[Column] = set()
        for _, verdict in checks:
            found |= verdict.missing
        for want in item.wanted:
            due = want.when.value(env, on=self.on) if want.when else True
            if due is None and want.when:
                found |= want.when.missing(env, on=self.on)
            elif due and self._wants(item, want.column, env):
                found.add(want.column)
        for paper in item.papers:
            found |= self._paper_missing(paper, env)
        for formula in item.formulas():
            found |= formula.missing(env, on=self.on)
        for writing in item.writes:
            found |= self._writing_missing(writing, env)
        return frozenset(found)

    def _writing_missing(self, writing: Writing, env: Mapping[Column, Any]) -> frozenset[Column]:
        when = writing.when.value(env, on=self.on) if writing.when else True
        if when is None and writing.when:
            return writing.when.missing(env, on=self.on)
        formulas = writing.set.values() if when else ()
        return frozenset().union(*(formula.missing(env, on=self.on) for formula in formulas))

    def _wants(self, item: Item, column: Column, env: Mapping[Column, Any]) -> bool:
        """Whether a value is lacking; of several who play a role, of any of them."""
        party = self.plan.parties.get(column.party)
        if party is None or not party.many or column.party == item.per:
            return env.get(column) is None
        anew = item.id if (item.id, column) in self.plan.anew else ""
        known = [
            self.facts.get((column.party, at, column.element, anew))
            for at in self.indexes(column.party)
        ]
        return any(one is None or one.usable is None for one in known)

    def _paper_missing(self, paper: Paper, env: Mapping[Column, Any]) -> frozenset[Column]:
        when = paper.when.value(env, on=self.on) if paper.when else True
        if when is None and paper.when:
            return paper.when.missing(env, on=self.on)
        if when and paper.waived_if:
            return paper.waived_if.missing(env, on=self.on)
        return frozenset()

    def _paper(self, item: Item, paper: Paper, at: int, env: Mapping[Column, Any]) -> PaperStanding:
        needed = paper.when.value(env, on=self.on) if paper.when else True
        if needed and paper.waived_if:
            waived = paper.waived_if.value(env, on=self.on)
            needed = None if waived is None else not waived
        had, reference = self._had(item, paper, at)
        return PaperStanding(paper, at, needed, had, reference)

    def _had(self, item: Item, paper: Paper, at: int) -> tuple[str, str]:
        licence = paper.declared.licence
        if licence and (number := self.licences.get((paper.role, at, licence))):
            return "licence", number
        if file := self.files.get((paper.key[0], paper.role, at)):
            return "file", file
        if licence and self.plan.issued.get((licence, paper.role), item.id) != item.id:
            return "later", self.plan.issued[licence, paper.role]
        return "", ""

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every item for every instance it has a case for."""
        return tuple(
            self.standing(item, index) for item in self.plan.items for index in self.instances(item)
        )

    def leaves(self, columns: Iterable[Column]) -> frozenset[Column]:
        """Derived columns followed to those a person or a register can tell."""
        found: set[Column] = set()
        todo = list(columns)
        while todo:
            column = todo.pop()
            made = made_of(self.plan.pack, column)
            todo += made
            if not made:
                found.add(column)
        return frozenset(found)
