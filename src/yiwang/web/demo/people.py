"""Inventing one person, marriage or birth after another. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from yiwang.identity.declarations import City, Division
from yiwang.identity.divisions import division_at
from yiwang.pack.pack import Pack
from yiwang.web.demo.files import Delivery, Demo
from yiwang.web.demo.record import Numbers, Record, day_in, given_name, years_before

PERSON_LICENCES = ("id-card", "household-book")
INSURED = ("medical-insurance", "medical-insurance-voucher")
CARD = ("social-security-cards", "social-security-card")


class Inventor:
    """Invents in one fixed order, so that a seed gives the same people every time."""

    def __init__(self, demo: Demo, pack: Pack, on: date) -> None:
        self.demo, self.pack, self.on = demo, pack, on
        self.rng = Random(demo.people.seed)
        self.numbers = Numbers()
        self.city = pack.only(City)
        self.places = [d.id for d in pack.all(Division).values() if d.level == "community"]
        self.rng.shuffle(self.places)
        self.count = 0
        self.phone = 0

    def place(self) -> dict[str, Any]:
        """The next home: communities in turn, a road, a number."""
        self.count += 1
        division = self.places[self.count % len(self.places)]
        return self.home(division, self.count)

    def home(self, division: str, n: int, kind: str = "family") -> dict[str, Any]:
        """An address and a household number in a community."""
        names = [division_at(self.pack, division, level) for level in ("district", "street")]
        road = self.rng.choice(self.demo.names.roads)
        where = "".join(one.title.zh for one in names if one)
        flat = f"{self.rng.randint(1, 4)}单元{self.rng.randint(1, 11)}0{self.rng.randint(1, 4)}"
        return {
            "hukou_city": self.city.id, "hukou_division": division, "residence_division": division,
            "hukou_kind": kind, "household_number": f"{division}{n:04d}",
            "address": f"{where}{road}{self.rng.randint(1, 188)}号{flat}",
        }  # fmt: skip

    def person(
        self, home: dict[str, Any], sex: str, born: date, *, surname: str = "", name: str = "",
        region: str = "", ethnic: str = "",
    ) -> Record:  # fmt: skip
        """A resident with identity card and household book."""
        group = self.demo.people.ethnic
        other = self.rng.random() < group.others_share
        syllables = self.demo.names.given.female if sex == "female" else self.demo.names.given.male
        surname = surname or self.rng.choice(self.demo.names.surnames)
        issued = max(day_in(self.rng, years_before(self.on, 9), self.on - timedelta(days=90)), born)
        known = home | {
            "name": name or surname + given_name(self.rng, syllables),
            "id_number": self.numbers.next(region or home["hukou_division"][:6], born, sex),
            "sex": sex, "birth_date": born, "alive": True,
            "ethnic_group": ethnic or (self.rng.choice(group.others) if other else group.most),
            "id_card_until": years_before(issued, -20), "issued_on": issued,
        }  # fmt: skip
        local = home["hukou_city"] == self.city.id
        return Record(known, ["population"] if local else [], list(PERSON_LICENCES))

    def marry(self, mother: Record, father: Record, on: date) -> Record:
        """A marriage in force, with both certificates."""
        self.count += 1
        known = {
            "marriage_certificate_no": f"J{self.city.region_code}-{on.year}-{self.count:06d}",
            "wife_id_number": mother.number, "husband_id_number": father.number,
            "marriage_date": on, "married": True,
        }  # fmt: skip
        for one in (mother, father):
            one.known |= {name: known[name] for name in ("marriage_certificate_no",
                                                         "marriage_date")}  # fmt: skip
            one.licences.append("marriage-certificate")
        return Record(known, ["marriages"])

    def insure(self, one: Record, *, status: str = "active", card: str = "active") -> None:
        """Medical insurance, a social-security card, an account for payments."""
        banks = self.demo.names.bank_branches
        bank = self.rng.choice(list(banks))
        worker = self.rng.random() < 0.7
        since = day_in(self.rng, years_before(self.on, 12), years_before(self.on, 1))
        one.known |= {
            "insurance_scheme": "employee" if worker else "resident", "insurance_status": status,
            "insurance_from": max(since, one.known["birth_date"]),
            "card_no": self.card_no(), "card_bank": bank, "card_status": card,
            "bank_account": self.account_no(), "bank_name": self.rng.choice(banks[bank]),
            "account_verified": True,
        }  # fmt: skip
        one.registers += [INSURED[0], CARD[0], "bank-accounts"]
        one.licences += [INSURED[1], CARD[1]]

    def card_no(self) -> str:
        """A number no card given out later can bear."""
        self.count += 1
        return f"{self.city.case_prefix}{self.on.year - 1}{self.count:08d}"

    def account_no(self) -> str:
        """An invented account of sixteen digits."""
        return f"62009900{self.rng.randrange(10**8):08d}"

    def call(self) -> str:
        """An invented phone number."""
        self.phone += 1
        return f"1540{self.phone:07d}"

    def births(self, mother: Record, deliveries: tuple[Delivery, ...]) -> list[Record]:
        """Rows of the hospital and of vaccination for one delivery."""
        found = []
        for n, one in enumerate(deliveries):
            self.count += 1
            born = self.on - timedelta(days=one.days_ago)
            known = {
                "birth_record_no": f"FM{born.year}-{self.count:06d}",
                "mother_id_number": mother.number, "sex": one.sex, "birth_date": born,
                "birth_time": one.time, "birth_weight": one.weight, "gestation_weeks": one.weeks,
                "birth_place": "local-hospital", "birth_hospital": self.demo.people.hospital,
                "birth_plurality": len(deliveries), "birth_order": n + 1,
                "birth_certified": one.certified, "certificate_issued": False,
                "first_doses_recorded": one.doses,
            }  # fmt: skip
            if one.doses:
                known |= {"hepatitis_b_on": born, "bcg_on": born}
            found.append(Record(known, ["births", "vaccination"], [], one.days_ago))
            mother.known.setdefault("delivery_date", born)
        return found

    def birthday(self, youngest: int, oldest: int) -> date:
        """A birthday that makes someone so old."""
        return day_in(self.rng, years_before(self.on, oldest), years_before(self.on, youngest))

    def wedding(self, mother: Record, father: Record) -> date:
        """A day of marriage in the last eight years, both being 22 by then."""
        younger = max(mother.known["birth_date"], father.known["birth_date"])
        first = max(years_before(self.on, 8), years_before(younger, -22))
        return day_in(self.rng, first, self.on - timedelta(days=200))
