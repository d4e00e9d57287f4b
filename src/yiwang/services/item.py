"""One service read for use: its rules parsed, its parties under the names of the bundle. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit, Problem
from yiwang.pack.pack import Pack
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register
from yiwang.rules import Column, Formula, PartyScope, Rule, Scope
from yiwang.services.declarations import (
    Charge,
    Condition,
    Material,
    Numbering,
    Party,
    Service,
)
from yiwang.services.reader import CASE, Reader
from yiwang.services.succession import Succession, successions

APPLICANT = "applicant"
NUMBERS = ("integer", "decimal", "money")


@dataclass(frozen=True)
class Check:
    """A condition with its rule parsed."""

    declared: Condition
    rule: Rule


@dataclass(frozen=True)
class Wanted:
    """An element the form needs, and when."""

    column: Column
    anew: bool
    when: Rule | None


@dataclass(frozen=True)
class Paper:
    """A material, of whom, when it is needed and when it is waived."""

    declared: Material
    role: str
    when: Rule | None
    waived_if: Rule | None

    @property
    def key(self) -> tuple[str, str]:
        """Equal keys are one material: the same licence, or the same name, of the same party."""
        return (self.declared.licence or self.declared.id, self.role)


@dataclass(frozen=True)
class Numbered:
    """A number given out, with its formulas parsed."""

    declared: Numbering
    region: Formula | None = None
    birth_date: Formula | None = None
    sex: Formula | None = None

    @property
    def columns(self) -> frozenset[Column]:
        """What the number is made of."""
        parts = (self.region, self.birth_date, self.sex)
        return frozenset().union(*(part.columns for part in parts if part))


@dataclass(frozen=True)
class Writing:
    """Columns of a row a grant writes, where `when` is true: a formula for each."""

    register: Register
    set: Mapping[str, Formula]
    role: str
    each: str = ""
    when: Rule | None = None

    @property
    def columns(self) -> frozenset[Column]:
        """What is read to write it."""
        read = [*self.set.values(), *([self.when] if self.when else [])]
        return frozenset().union(*(formula.columns for formula in read))


@dataclass(frozen=True)
class Ending:
    """A licence that ends with the grant: its kind, whose it is, a formula for its number."""

    kind: str
    role: str
    number: Formula


@dataclass(frozen=True)
class Filled:
    """A value stated with the decision."""

    column: Column
    formula: Formula | None


@dataclass(frozen=True)
class Costing:
    """Something to be paid, with its formulas parsed; `payer` in bundle names."""

    declared: Charge
    payer: str
    amount: Formula
    when: Rule | None


@dataclass(frozen=True)
class Item:
    """A service as one bundle (or its own application) uses it; every column in bundle names.

    `written` are the columns its register rows settle anew: not those merely passed on, nor those
    another register tells without this item's result.
    """

    id: str
    service: Service
    roles: Mapping[str, str]
    scope: Scope
    per: str | None
    limit: Limit
    when: Rule | None = None
    instant: Rule | None = None
    checks: tuple[Check, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    papers: tuple[Paper, ...] = ()
    fills: tuple[Filled, ...] = ()
    costs: tuple[Costing, ...] = ()
    holder: str = ""
    fields: Mapping[str, Formula] = field(default_factory=dict)
    produces: Mapping[Column, Formula | Numbered] = field(default_factory=dict)
    guardians: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    founds: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[Writing, ...] = ()
    written: frozenset[Column] = frozenset()
    signers: tuple[str, ...] = ()
    number: Formula | None = None
    endings: tuple[Ending, ...] = ()
    successions: tuple[Succession, ...] = ()

    @property
    def outputs(self) -> frozenset[Column]:
        """Columns that are known only once this item is granted."""
        filled = {fill.column for fill in self.fills}
        return frozenset(self.produces) | filled | self.written

    @property
    def asked(self) -> frozenset[Column]:
        """Columns the form asks by name."""
        return frozenset(want.column for want in self.wanted)

    def deciding(self) -> frozenset[Column]:
        """Columns read to judge: whether the item applies, its conditions, its materials."""
        rules = [self.when, *(check.rule for check in self.checks)]
        rules += [rule for paper in self.papers for rule in (paper.when, paper.waived_if)]
        rules += [want.when for want in self.wanted]
        rules += [cost.when for cost in self.costs]
        return frozenset().union(*(rule.columns for rule in rules if rule))

    def giving(self) -> frozenset[Column]:
        """Columns read to make the result."""
        formulas: list[Formula | Numbered] = [*self.fields.values(), *self.produces.values()]
        formulas += [fill.formula for fill in self.fills if fill.formula]
        formulas += [cost.amount for cost in self.costs]
        formulas += [ending.number for ending in self.endings]
        read = (formula.columns for formula in formulas)
        return frozenset().union(*read, *(writing.columns for writing in self.writes))

    def formulas(self) -> tuple[Formula, ...]:
        """Every formula that must have a value before the result can be given; what is written
        into registers hangs on its own rule besides."""
        return (*self.fields.values(), *(cost.amount for cost in self.costs))

    def scope_closure(self, pack: Pack) -> tuple[Column, ...]:
        """Derived columns this item reads, worked out once per pack."""
        return pack.memo(f"derived of {self.id} {self.per} {self.roles}", self._derived)

    def _derived(self, pack: Pack) -> tuple[Column, ...]:
        elements = pack.all(Element)
        return tuple(
            column
            for column in sorted(self.needs())
            if column.element in elements
            and (elements[column.element].derive or elements[column.element].aggregate)
        )

    def needs(self) -> frozenset[Column]:
        """Every column the item reads, its own outputs left out."""
        instant = self.instant.columns if self.instant else frozenset()
        proposing = frozenset().union(*(f.formula.columns for f in self.fills if f.formula))
        read = self.deciding() | self.asked | self.giving() | instant
        return (read - self.outputs) | proposing


def roles_of(service: Service, given: Mapping[str, str]) -> dict[str, str]:
    """Who of the bundle plays each party of the service; equal names need not be said."""
    return {name: given.get(name, name) for name in service.parties}


def scope_of(
    pack: Pack,
    parties: Mapping[str, Party],
    service: Service,
    roles: Mapping[str, str],
    one: str = "",
) -> Scope:
    """The names a service's rules may use once renamed: the bundle's parties; `one` of the
    service's is read as one of many."""
    single = {roles.get(service.per or ""), roles.get(one)}
    named = {}
    for own, role in roles.items():
        party = parties.get(role, service.parties[own])
        named[role] = PartyScope(
            title=party.title,
            optional=party.optional or service.parties[own].optional,
            many=party.many and role not in single,
        )
    return dictionary.scope(pack, named)


def read_item(
    pack: Pack,
    service: Service,
    *,
    parties: Mapping[str, Party],
    given: Mapping[str, str] | None = None,
    within: Limit | None = None,
) -> tuple[Item, list[Problem]]:
    """One service under the bundle's names, and everything wrong with its rules."""
    roles = roles_of(service, given or {})
    scope = scope_of(pack, parties, service, roles)
    reader = Reader(pack, service, roles, scope)
    reader.each = _each(reader, pack, parties)
    result = service.result
    item = Item(
        id=service.id,
        service=service,
        roles=roles,
        scope=scope,
        per=roles.get(service.per or ""),
        limit=within or service.limits.promised,
        when=reader.rule(service.when, "when"),
        instant=reader.rule(service.instant, "instant"),
        checks=_checks(reader),
        wanted=_wanted(reader),
        papers=_papers(reader),
        fills=_fills(reader),
        costs=_costs(reader),
        holder=roles.get(result.holder or "", ""),
        fields=_fields(reader),
        produces=_produces(reader),
        guardians={
            roles[ward]: tuple(roles[one] for one in guardians)
            for ward, guardians in result.guardians.items()
        },
        founds={roles[firm]: roles[person] for firm, person in result.founds.items()},
        writes=_writes(reader, pack),
        number=reader.formula(result.number, "result", "number"),
        endings=_endings(reader),
        signers=tuple(roles.get(name, name) for name in service.signed_by),
        successions=successions(reader),
    )
    return replace(item, written=_written(item, pack)), reader.problems


def _each(reader: Reader, pack: Pack, parties: Mapping[str, Party]) -> Callable[[str], Reader]:
    """A reader of the same service in which one party that may be many is one of them."""

    def of(one: str) -> Reader:
        if one not in reader.service.parties:
            return reader
        roles = {own: role for own, role in reader.roles.items() if own != CASE}
        scope = scope_of(pack, parties, reader.service, roles, one)
        made = Reader(pack, reader.service, roles, scope, one)
        made.problems = reader.problems
        return made

    return of


def _written(item: Item, pack: Pack) -> frozenset[Column]:
    found = set()
    for writing in item.writes:
        for name, formula in writing.set.items() if not writing.each else ():
            column = Column(writing.role, writing.register.columns[name])
            passed_on = column in formula.columns or column in item.asked
            if not passed_on and not _told_before(item, pack, column):
                found.add(column)
    return frozenset(found)


def _told_before(item: Item, pack: Pack, column: Column) -> bool:
    """Whether some register tells a column by a key this item does not itself give out."""
    return any(
        column.element in register.columns.values()
        and column.element != register.columns[register.key]
        and Column(column.party, register.columns[register.key]) not in item.produces
        for register in pack.all(Register).values()
    )


def _checks(reader: Reader) -> tuple[Check, ...]:
    read = [
        (declared, reader.rule(declared.rule, "conditions", n, "rule"))
        for n, declared in enumerate(reader.service.conditions)
    ]
    return tuple(Check(declared, rule) for declared, rule in read if rule)


def _wanted(reader: Reader) -> tuple[Wanted, ...]:
    found = []
    for n, ask in enumerate(reader.service.asks):
        column = reader.column(ask.element, "asks", n, "element")
        if column:
            found.append(Wanted(column, ask.anew, reader.rule(ask.when, "asks", n, "when")))
    return tuple(found)


def _papers(reader: Reader) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            declared=declared,
            role=reader.roles.get(declared.of, declared.of),
            when=reader.rule(declared.when, "materials", n, "when"),
            waived_if=reader.rule(declared.waived_if, "materials", n, "waived_if"),
        )
        for n, declared in enumerate(reader.service.materials)
    )


def _fills(reader: Reader) -> tuple[Filled, ...]:
    found = []
    for n, fill in enumerate(reader.service.fills):
        column = reader.column(fill.element, "fills", n, "element")
        if column:
            found.append(Filled(column, reader.formula(fill.formula, "fills", n, "formula")))
    return tuple(found)


def _costs(reader: Reader) -> tuple[Costing, ...]:
    found = []
    for n, charge in enumerate(reader.service.charges):
        amount = reader.formula(charge.amount, "charges", n, "amount")
        when = reader.rule(charge.when, "charges", n, "when")
        if amount is not None and amount.type not in NUMBERS:
            reader.fault(
                ("charges", n, "amount"),
                "金额必须是一个数（元）。", "The amount must be a number of yuan.",
                Text(zh="写成算得出金额的公式。", en="Write a formula that gives an amount."),
            )  # fmt: skip
        elif amount is not None:
            payer = reader.roles.get(charge.payer, charge.payer)
            found.append(Costing(charge, payer, amount, when))
    return tuple(found)


def _fields(reader: Reader) -> dict[str, Formula]:
    read = {
        name: reader.formula(text, "result", "fields", name)
        for name, text in reader.service.result.fields.items()
    }
    return {name: formula for name, formula in read.items() if formula}


def _produces(reader: Reader) -> dict[Column, Formula | Numbered]:
    found: dict[Column, Formula | Numbered] = {}
    for name, how in reader.service.result.produces.items():
        path = ("result", "produces", name)
        column = reader.column(name, *path)
        made: Formula | Numbered | None
        if isinstance(how, str):
            made = reader.formula(how, *path)
        else:
            made = Numbered(
                how,
                reader.formula(how.region, *path, "region"),
                reader.formula(how.birth_date, *path, "birth_date"),
                reader.formula(how.sex, *path, "sex"),
            )
        if column and made:
            found[column] = made
    return found


def _endings(reader: Reader) -> tuple[Ending, ...]:
    found = []
    for n, ending in enumerate(reader.service.result.revokes):
        path = ("result", "revokes", n, "number")
        if number := reader.each(ending.of).formula(ending.number, *path):
            found.append(Ending(ending.licence, reader.roles[ending.of], number))
    return tuple(found)


def _writes(reader: Reader, pack: Pack) -> tuple[Writing, ...]:
    found = []
    for n, change in enumerate(reader.service.changes):
        register = pack.all(Register).get(change.register_)
        if register is None:
            continue
        set_ = {}
        one = reader.each(change.each or "")
        when = one.rule(change.when, "changes", n, "when")
        for name, text in change.set.items():
            path = ("changes", n, "set", name)
            if name not in register.columns:
                reader.fault(
                    path,
                    f"登记库「{register.id}」没有列「{name}」。",
                    f"The register “{register.id}” has no column “{name}”.",
                    Text(
                        zh=f"可用的列：{'、'.join(register.columns)}。",
                        en=f"Its columns are: {', '.join(register.columns)}.",
                    ),
                )
            elif formula := one.formula(text, *path, given=when):
                set_[name] = formula
        key = set_.get(register.key)
        if key is None:
            reader.fault(
                ("changes", n, "set"),
                f"没有写主键列「{register.key}」。",
                f"The key column “{register.key}” is not set.",
                Text(zh=f"在 set 里加上 {register.key}。", en=f"Add {register.key} under set."),
            )
            continue
        roles = [column.party for column in key.columns if column.party != CASE]
        each = reader.roles.get(change.each or "", "")
        found.append(Writing(register, set_, roles[0] if roles else CASE, each, when))
    return tuple(found)
