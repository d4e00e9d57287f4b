"""Facts under which an item can be granted, found from its declaration alone.

Nothing here knows an item: values are drawn from what elements allow and from what rules name, and
those of a condition that does not hold are drawn anew until all hold. So an item declared
tomorrow is tried tomorrow, without a line written for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from yiwang.identity.declarations import Division
from yiwang.kernel.identifiers import credit_code, identity_number
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Register
from yiwang.rules import Column, Rule
from yiwang.services.item import CASE
from yiwang.services.matter import Known, Matter, Member, Standing
from yiwang.services.plan import Plan

TRIES = 4000
DAYS = (-7, -2, -20, -60, -150, -300, -500, -1400, -2600, -11000, 5, 20, 45, 200, 700, 2000)
BORN = (-5, -400, -2280, -5000, -9400, -12000, -17000, -22500, -25500, -31500)
AMOUNTS = ("0", "1", "2", "3", "8", "12", "24", "60", "100", "600", "5000", "90000")
TEXTS = {
    "phone": "15400000999", "email": "someone@example.com", "bank-account": "6200990000000001",
    "address": "渡口街 1 号", "credit-code": credit_code("91", "990102", "00000077"),
}  # fmt: skip
Fact = tuple[str, str]  # who plays it, element


class NothingFits(AssertionError):
    """No facts were found under which an item can be granted; it names what stands against it."""


@dataclass
class World:
    """One of everybody an item names. `same` says of a role that another one's person plays it."""

    plan: Plan
    applicant: str
    on: date
    rng: Random
    same: dict[str, str] = field(default_factory=dict)
    there: dict[str, bool] = field(default_factory=dict)
    facts: dict[Fact, Any] = field(default_factory=dict)

    def who(self, role: str) -> str:
        """The role under which the facts of whoever plays it are kept."""
        return self.same.get(role, role)

    def value(self, role: str, element: str) -> Any:
        """What is so of a party."""
        return self.facts.get((self.who(role), element))

    def matter(self) -> Matter:
        """Everything known, as the rules see it."""
        roles = [r for r in (*self.plan.parties, CASE) if self.there.get(r, True)]
        known = {
            (role, 0, element, item): Known(value, "register")
            for role in roles
            for (who, element), value in self.facts.items()
            if who == self.who(role)
            for item in self._keys(role, element)
        }
        members = tuple(
            Member(role, 0, None, self.there.get(role, True), "register")
            for role in self.plan.parties
        )
        licences = {
            (role, 0, kind): "held" for role in self.plan.parties for kind in self.plan.licences
        }
        return Matter(self.plan, self.on, members, known, licences=licences)

    def _keys(self, role: str, element: str) -> list[str]:
        anew = [item for item, column in self.plan.anew if column == Column(role, element)]
        return ["", *anew]


def world_of(plan: Plan, applicant: str, *, on: date, seed: int = 1) -> World:
    """Facts under which every item of the plan can be granted. Raises NothingFits."""
    world = World(plan, applicant, on, Random(seed))
    world.same = dict(_same(plan, applicant))
    world.there = {role: not party.optional for role, party in plan.parties.items()}
    world.there[applicant] = True
    for column in sorted(plan.needed_by):
        _draw(world, column.party, column.element, first=True)
    for role, party in plan.parties.items():
        if party.kind == "person":
            for element in ("birth_date", "sex", "name"):
                _draw(world, role, element, first=True)
            _number(world, role)
        elif party.kind == "organisation":
            _draw(world, role, "credit_code", first=True)
    for _ in range(TRIES):
        wrong = [*_against(world.matter()), *_not_found(world)]
        if not wrong:
            return world
        _again(world, world.rng.choice(wrong))
    raise NothingFits(f"{plan.id}: {sorted({one[0] for one in wrong})}")


def _same(plan: Plan, applicant: str) -> Iterator[tuple[str, str]]:
    """Who is found by a row that is the applicant's own too (everybody of a household)."""
    for role, party in plan.parties.items():
        for found in party.found[:1]:
            register = plan.pack.get(Register, found.register_)
            own = all(
                name == f"{applicant}.{register.columns[column]}"
                for column, name in found.by.items()
            )
            if own and party.many and register.columns[register.key] == "id_number":
                yield role, applicant


def _against(matter: Matter) -> Iterator[tuple[str, frozenset[Column]]]:
    """What keeps an item from being granted: a name, and the columns it hangs on."""
    for standing in matter.standings:
        item = standing.item
        if standing.applies is not True and item.when:
            yield f"{item.id}: when", item.when.columns
        for check, verdict in standing.checks:
            if verdict.value is not True:
                yield f"{item.id}: {check.declared.id}", check.rule.columns
        env = matter.env(standing.item, standing.index)
        for one in standing.item.successions:
            if not one.holds(env):
                yield f"{standing.item.id}: {one.column}", frozenset({one.column, one.other})
        yield from _without_value(matter, standing)


def _not_found(world: World) -> Iterator[tuple[str, frozenset[Column]]]:
    """Parties a register would tell of, if its row were as the item wants it."""
    for role, party in world.plan.parties.items():
        for where in {found.where for found in party.found if found.where}:
            rule = Rule.parse(where, dictionary.over_this(world.plan.pack))
            facts = {column: world.value(role, column.element) for column in rule.columns}
            if rule.value(facts, on=world.on) is not True:
                yield f"{role}: {where}", frozenset(Column(role, c.element) for c in rule.columns)


def _without_value(matter: Matter, standing: Standing) -> Iterator[tuple[str, frozenset[Column]]]:
    """Proposals that give an amount the element does not allow."""
    env = matter.env(standing.item, standing.index)
    for fill in standing.item.fills:
        if fill.formula is None:
            continue
        value = fill.formula.value(env, on=matter.on)
        least = matter.plan.elements[fill.column.element].min
        if value is None or (least is not None and value < least):
            yield f"{standing.item.id}: {fill.column}", fill.formula.columns


def _again(world: World, wrong: tuple[str, frozenset[Column]]) -> None:
    matter = world.matter()
    optional = [c.party for c in wrong[1] if c.element == "exists" and c.party != world.applicant]
    if optional and world.rng.random() < 0.3:
        role = world.rng.choice(sorted(optional))
        world.there[role] = not world.there[role]
        return
    leaves = sorted(c for c in matter.leaves(wrong[1]) if c.element != "exists")
    literals = [
        text
        for item in world.plan.items
        for check in item.service.conditions
        for text in re.findall(r"[0-9]+(?:\.[0-9]+)?", check.rule)
    ]
    column = world.rng.choice(leaves or sorted(wrong[1]))
    _draw(world, column.party, column.element, others=leaves, literals=literals)


def _draw(
    world: World, role: str, element: str, *, first: bool = False, others: list[Column] = (),
    literals: list[str] = (),
) -> None:  # fmt: skip
    """Another value for an element of a party (`first`: only where there is none yet)."""
    key = (world.who(role), element)
    declared = world.plan.elements.get(element)
    if declared is None or declared.derive or declared.aggregate:
        return
    if first and key in world.facts:
        return
    if element == "id_number":
        return _number(world, role)
    alike = [
        world.value(one.party, one.element)
        for one in others
        if (one.party, one.element) != (role, element)
        and world.plan.elements[one.element].format == declared.format != "plain"
    ]
    choices = alike if alike and world.rng.random() < 0.5 else None
    choices = choices or list(allowed(world, Column(role, element), declared, literals))
    world.facts[key] = choices[0] if first else world.rng.choice(choices)
    if element in ("birth_date", "sex"):
        _number(world, role)


def _number(world: World, role: str) -> None:
    """An identity number that tells the same birthday and sex, of the applicant's city."""
    who = world.who(role)
    born = world.facts.setdefault((who, "birth_date"), world.on - timedelta(days=12000))
    sex = world.facts.setdefault((who, "sex"), "male")
    place = list(world.plan.parties).index(who) if who in world.plan.parties else 0
    serial = 100 + 2 * place + (sex == "male")
    world.facts[who, "id_number"] = identity_number("990102", born, serial)


def allowed(
    world: World, column: Column, declared: Element, literals: list[str] = ()
) -> Iterator[Any]:
    """Values an element may have, the most ordinary first."""
    bounds = world.plan.bounds(column)
    match declared.type:
        case "boolean":
            yield from (True, False)
        case "code":
            yield from bounds.codes or declared.codes
        case "date":
            yield from _dates(world, column, declared)
        case "text":
            yield _text(world, column, declared)
        case kind:
            for text in dict.fromkeys((*AMOUNTS, *literals)):
                value = int(Decimal(text)) if kind == "integer" else Decimal(text)
                if (bounds.min is None or value >= bounds.min) and (
                    bounds.max is None or value <= bounds.max
                ):
                    yield value


def _dates(world: World, column: Column, declared: Element) -> Iterator[date]:
    days = BORN[4:] + BORN[:4] if declared.id == "birth_date" else DAYS
    for many in days:
        wrong_way = many > 0 if declared.within == "past" else many < 0
        if declared.within != "any" and wrong_way:
            continue
        day = world.on + timedelta(days=many)
        born = world.facts.get((column.party, "birth_date"))
        if born is None or declared.id == "birth_date" or day >= born:
            yield day


def _text(world: World, column: Column, declared: Element) -> str:
    if declared.id == "name":
        return f"林{'甲乙丙丁戊己庚辛'[list(world.plan.parties).index(column.party) % 8]}"
    if declared.format == "division":
        places = world.plan.pack.all(Division).values()
        return next(one.id for one in places if one.level == "community")
    if declared.format == "identity-number":
        return identity_number("990102", world.on - timedelta(days=20000), 333)
    text = (declared.ask.example if declared.ask else "") or TEXTS.get(declared.format, "")
    text = text or f"{declared.title.zh}甲"
    if declared.pattern and not re.fullmatch(declared.pattern, text):
        raise NothingFits(f"{declared.id} has a pattern but no example that matches it")
    return text[: declared.max_length]


def typed(element: Element, value: Any) -> str:
    """A value as a person types it."""
    if element.type == "boolean":
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def rows_of(world: World) -> Iterator[tuple[Register, Mapping[str, Any]]]:
    """The register rows that tell these facts."""
    made: dict[tuple[str, Any], dict[str, Any]] = {}
    for register, role, by in _told(world):
        row = {
            name: world.value(role, element)
            for name, element in register.columns.items()
            if world.value(role, element) is not None
        } | by
        row.setdefault(register.key, f"{register.id}-{role}"[:20])
        made.setdefault((register.id, row[register.key]), {}).update(row)
    for (id, _), row in made.items():
        yield world.plan.pack.get(Register, id), row


def _told(world: World) -> Iterator[tuple[Register, str, dict[str, Any]]]:
    """Which register has a row of whom, and what of the row is not theirs but links it."""
    for role, party in world.plan.parties.items():
        if not world.there.get(role, True) or role == world.applicant:
            continue
        for found in party.found[:1]:
            by = {c: world.value(*name.split(".", 1)) for c, name in found.by.items()}
            gives = {c: world.value(role, element) for element, c in found.gives.items()}
            if None not in by.values():
                register = world.plan.pack.get(Register, found.register_)
                yield register, role, by | {c: v for c, v in gives.items() if v is not None}
    for read in world.plan.reads:
        if read.register.source.kind == "table" and world.there.get(read.role, True):
            yield read.register, read.role, {}
