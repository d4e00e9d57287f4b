"""Everybody of the demo city, worked out from its files, a seed and a day. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Register
from yiwang.web.demo.files import Delivery, Demo, Entry, Kin, NamedFamily, Someone
from yiwang.web.demo.firms import firms_of, named_firms
from yiwang.web.demo.people import Inventor
from yiwang.web.demo.record import Family, Record, day_in, given_name, years_before

FROM_TODAY = re.compile(r"[+-]\d+d")


@dataclass
class Town:
    """Families by key: the named ones, those of the week (`week-0-3`), all others; and firms."""

    on: date
    families: dict[str, Family] = field(default_factory=dict)
    households: list[Record] = field(default_factory=list)
    firms: list[Record] = field(default_factory=list)

    @property
    def people(self) -> list[Record]:
        """Everybody, each once."""
        return [one for family in self.families.values() for one in family.people]


def build(demo: Demo, pack: Pack, *, on: date, scale: float = 1.0) -> Town:
    """The whole town as of `on`. `scale` shrinks the background: 0.02 for a test."""
    return Builder(demo, pack, on).town(scale)


def week_key(n: int, place: int) -> str:
    """The family of the `place`-th matter of the week's `n`-th line."""
    return f"week-{n}-{place}"


class Builder(Inventor):
    """Families and households of the town, in one fixed order."""

    def __init__(self, demo: Demo, pack: Pack, on: date) -> None:
        super().__init__(demo, pack, on)
        self.made = Town(on)

    def town(self, scale: float) -> Town:
        """Named families first, so that their numbers do not hang on how many others there are."""
        for named in self.demo.people.families:
            self.keep(self.named(named))
        for n, entry in enumerate(self.demo.week.week):
            for place in range(entry.count):
                self.keep(self.parents(week_key(n, place), entry))
        background = self.demo.people.background
        for n in range(round(background.newborns * scale)):
            self.keep(self.parents(f"newborn-{n}", None))
        for n in range(round(background.households * scale)):
            self.keep(self.household(f"household-{n}"))
        self.made.firms = [
            *named_firms(self.demo, self.pack, self.made),
            *firms_of(self.demo, self.pack, self.made, self.rng, round(background.firms * scale)),
        ]
        return self.made

    def keep(self, family: Family) -> None:
        """Add a family, and its household's row."""
        self.made.families[family.key] = family
        local = [p for p in family.people if "population" in p.registers]
        for number in dict.fromkeys(p.known["household_number"] for p in local):
            inside = [p for p in local if p.known["household_number"] == number]
            head = inside[-1] if inside[0] is not family.mother else inside[0]
            known = {name: head.known[name] for name in ("household_number", "hukou_kind",
                     "hukou_division", "address")}  # fmt: skip
            known |= {"household_head": head.name, "household_head_id_number": head.number,
                      "household_size": len(inside)}  # fmt: skip
            for one in inside:
                one.known["relation_to_head"] = _relation(family, one, head)
            self.made.households.append(Record(known, ["households"]))

    def named(self, family: NamedFamily) -> Family:
        """A family of the file, just as it stands there."""
        self.count += 1
        home = self.home(family.division, self.count, family.household)
        mother = self.someone(family.mother, "female", home)
        father = family.father and self.someone(family.father, "male", home)
        made = Family(family.key, mother, father)
        made.phones = {"mother": family.mother.phone}
        if family.father:
            made.phones["father"] = family.father.phone
        if father:
            father.known["married"] = mother.known["married"] = family.married is not None
        if family.married and father:
            made.marriage = self.marry(mother, father, family.married)
        for role, one in (("mother", mother), ("father", father)):
            if one is not None:
                self.endow(one, family.registers.get(role, {}))
                one.licences = list(family.licences.get(role, ()))
        made.births = self.births(mother, family.births)
        made.children = [self.kin(one, home, mother, father) for one in family.children]
        made.others = [self.kin(one, home) for one in family.elders]
        return made

    def kin(self, one: Kin, home: dict[str, Any], *parents: Record | None) -> Record:
        """A child of the parents given, or a grandparent, at home with the family."""
        born = years_before(self.on, one.age) - timedelta(days=90)
        made = self.person(home, one.sex, born, name=one.name)
        for element, parent in zip(("mother_id_number", "father_id_number"), parents, strict=False):
            if parent:
                made.known[element] = parent.number
        self.endow(made, one.registers)
        made.licences = list(one.licences)
        return made

    def someone(self, one: Someone, sex: str, home: dict[str, Any]) -> Record:
        """A named parent; one of another city is not in our population register."""
        where = home | ({"hukou_city": one.city} if one.city else {})
        return self.person(
            where, sex, one.born, name=one.name, region=one.region,
            ethnic=one.ethnic_group or self.demo.people.ethnic.most,
        )  # fmt: skip

    def endow(self, one: Record, registers: dict[str, dict[str, Any]]) -> None:
        """Rows a file names by column."""
        for id, row in registers.items():
            register = self.pack.get(Register, id)
            columns = register.columns
            one.known |= {columns[name]: one.number for name in register.about}
            one.known |= {columns[name]: _exact(value, self.on) for name, value in row.items()}
            one.registers.append(id)
        one.known.setdefault("card_no", self.card_no())
        one.known.setdefault("bank_account", self.account_no())
        one.known.setdefault("bank_name", next(iter(self.demo.names.bank_branches.values()))[0])

    def parents(self, key: str, entry: Entry | None) -> Family:
        """Young parents with a newborn (or an older child), made as the week's line wants them."""
        why, shape = (entry.why, entry.family) if entry else (None, "couple")
        home = self.place()
        if why == "collective":
            home["hukou_kind"] = "collective"
        mother = self.person(home, "female", self.birthday(23, 37))
        father = None if shape == "alone" else self.father(home, mother, shape)
        family = Family(key, mother, father, photo=why == "photo")
        family.phones = {"mother": self.call(), "father": self.call()}
        if father:
            father.known["married"] = mother.known["married"] = shape != "unmarried"
        if father and shape != "unmarried":
            family.marriage = self.marry(mother, father, self.wedding(mother, father))
        for one in (mother, father):
            if one is not None and one.known["hukou_city"] == self.city.id:
                self.insure(one, status="paused" if why == "paused" else "active",
                            card="lost" if why == "card" else "active")  # fmt: skip
        surname = (father or mother).name[:1]
        if entry and entry.child == "older":
            self.older_child(family, surname)
            return family
        self.deliver(family, entry, surname)
        return family

    def father(self, home: dict[str, Any], mother: Record, shape: str) -> Record:
        """The father, of the sister city where the parents live in two."""
        people = self.demo.people
        away = shape == "two-cities"
        where = home | ({"hukou_city": people.sister_city} if away else {})
        born = self.birthday(24, 41)
        return self.person(where, "male", born, region=people.sister_region if away else "")

    def deliver(self, family: Family, entry: Entry | None, surname: str) -> None:
        """The newborn (or twins), its hospital's rows and its parents' bills."""
        why, shape = (entry.why, entry.family) if entry else (None, "couple")
        oldest = max(entry.days_ago) + 12 if entry else 60
        days = self.rng.randint(max(entry.days_ago) + 2 if entry else 3, oldest)
        twins, early, rng = shape == "twins", why == "early", self.rng
        sexes = [rng.choice(("female", "male")) for _ in range(2 if twins else 1)]
        hour = rng.randint(0, 23)
        family.births = self.births(
            family.mother,
            tuple(
                Delivery(
                    days_ago=days, sex=sex, time=f"{hour:02d}:{10 + 7 * n:02d}",
                    weight=rng.randint(1900, 2480) if early else rng.randint(2520, 4100),
                    weeks=rng.randint(33, 36) if early else rng.randint(37, 41),
                    certified=why != "certified", doses=why != "doses",
                )
                for n, sex in enumerate(sexes)
            ),
        )  # fmt: skip
        given = self.demo.names.given
        family.names = [
            surname + given_name(rng, given.female if sex == "female" else given.male)
            for sex in sexes
        ]
        method, cost = rng.choice((("natural", 4300), ("natural", 4900), ("caesarean", 9600)))
        family.mother.known |= {
            "delivery_method": method, "antenatal_total": _yuan(rng.randint(900, 3200)),
            "inpatient_total": _yuan(cost + rng.randint(0, 99)), "bills_complete": why != "bills",
            "maternity_refunded": False,
        }  # fmt: skip
        family.mother.registers.append("maternity-bills")

    def older_child(self, family: Family, surname: str) -> None:
        """A child of one to five years whose household page is in the wallet."""
        born = day_in(self.rng, years_before(self.on, 5), years_before(self.on, 1))
        home = {name: family.mother.known[name] for name in ("hukou_city", "hukou_division",
                "residence_division", "hukou_kind", "household_number", "address")}  # fmt: skip
        child = self.person(home, self.rng.choice(("female", "male")), born, surname=surname)
        child.known["mother_id_number"] = family.mother.number
        if family.father:
            child.known["father_id_number"] = family.father.number
        child.known["issued_on"] = born + timedelta(days=20)
        child.licences = ["household-page"]
        family.children = [child]
        family.names = [child.name]

    def household(self, key: str) -> Family:
        """Any other household: couples with and without children, the old, people alone."""
        rng, background = self.rng, self.demo.people.background
        home = self.place()
        if rng.random() < background.collective_share:
            home["hukou_kind"] = "collective"
        born = self.birthday(24, 78)
        first = self.person(home, "female", born)
        family = Family(key, first)
        self.insure(first)
        if rng.random() > 0.82:
            return family
        gap = timedelta(days=rng.randint(-900, 1500))
        second = self.person(home, "male", min(born - gap, years_before(self.on, 24)))
        self.insure(second)
        family.father = second
        if rng.random() < background.married_share:
            earliest = years_before(max(born, second.known["birth_date"]), -22)
            day = day_in(rng, earliest, self.on - timedelta(days=30))
            family.marriage = self.marry(first, second, day)
        if home["hukou_kind"] == "family":
            self.dependants(family, home)
        return family

    def dependants(self, family: Family, home: dict[str, Any]) -> None:
        """Children who still live at home, and sometimes a grandparent."""
        assert family.father is not None
        rng, mother = self.rng, family.mother
        age = (self.on - mother.known["birth_date"]).days // 365
        for _ in range(rng.choice((0, 1, 1, 1, 2, 2)) if 26 <= age <= 50 else 0):
            years = rng.randint(1, max(1, min(17, age - 24)))
            born = day_in(rng, years_before(self.on, years + 1), years_before(self.on, years))
            child = self.person(
                home, rng.choice(("female", "male")), born, surname=family.father.name[:1]
            )
            child.known |= {"mother_id_number": mother.number,
                            "father_id_number": family.father.number}  # fmt: skip
            child.licences = ["household-page"]
            family.children.append(child)
        if 30 <= age <= 55 and rng.random() < 0.25:
            old = self.person(home, "female", self.birthday(age + 23, age + 34))
            self.insure(old)
            family.others.append(old)


def _exact(value: Any, on: date) -> Any:
    """A number with a fraction as a decimal of two places; `-200d` as the day so long ago."""
    if isinstance(value, str) and FROM_TODAY.fullmatch(value):
        return on + timedelta(days=int(value[:-1]))
    return Decimal(f"{value:.2f}") if isinstance(value, float) else value


def _yuan(whole: int) -> Decimal:
    return Decimal(f"{whole}.00")


def _relation(family: Family, one: Record, head: Record) -> str:
    if one is head:
        return "head"
    if one in family.children:
        return "child"
    return "spouse" if one in (family.mother, family.father) and family.marriage else "other"
