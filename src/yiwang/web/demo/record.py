"""What is known of an invented person, firm, marriage or birth, by element. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from yiwang.kernel.identifiers import identity_number

RESIDENT = ("population",)


@dataclass
class Record:
    """Values by element, the registers that have a row of it, the licences held.

    A register takes from `known` what its columns mean; `days_ago` is when it came to be.
    """

    known: dict[str, Any]
    registers: list[str] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    days_ago: int = 0

    @property
    def number(self) -> str:
        """The identity number of a person."""
        return str(self.known["id_number"])

    @property
    def name(self) -> str:
        """The name of a person."""
        return str(self.known["name"])


@dataclass
class Family:
    """People of one household and what befell them. `others` also live there."""

    key: str
    mother: Record
    father: Record | None = None
    marriage: Record | None = None
    children: list[Record] = field(default_factory=list)
    others: list[Record] = field(default_factory=list)
    births: list[Record] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    phones: dict[str, str] = field(default_factory=dict)
    photo: bool = False

    @property
    def people(self) -> list[Record]:
        """Everybody who has a number already."""
        return [one for one in (self.mother, self.father) if one] + self.children + self.others

    def member(self, role: str) -> Record | None:
        """Whose part is `role`: `mother` or `father`."""
        return {"mother": self.mother, "father": self.father}.get(role)


class Numbers:
    """Identity numbers, the serial counting up for each region, day and sex."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, date, str], int] = {}

    def next(self, region: str, born: date, sex: str) -> str:
        """The next number nobody bears."""
        key = (region, born, sex)
        serial = self._last.get(key, 1 if sex == "male" else 0) + 2
        self._last[key] = serial
        return identity_number(region, born, serial)


def day_in(rng: Random, first: date, last: date) -> date:
    """A day between two, both included."""
    return date.fromordinal(rng.randint(first.toordinal(), last.toordinal()))


def years_before(on: date, years: int) -> date:
    """The same day of the year `years` earlier; 28 February for the 29th."""
    return date(on.year - years, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)


def given_name(rng: Random, syllables: Iterable[str]) -> str:
    """One or two syllables, mostly two."""
    known = list(syllables)
    return "".join(rng.sample(known, 1 if rng.random() < 0.18 else 2))
