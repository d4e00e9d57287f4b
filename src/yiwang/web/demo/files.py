"""What `<pack>/demo/*.yaml` may say. The files' own comments tell what it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text

NO_DEMO = Text(
    zh="配置包 {folder} 里没有演示数据（demo/people.yaml）。",
    en="The pack {folder} brings no demo data (demo/people.yaml).",
)
WRONG = Text(zh="演示数据 {file} 有错误：{why}", en="The demo file {file} is wrong: {why}")

Then = Literal[
    "instant", "decided", "refused", "asked", "supplied", "waiting", "withdrawn", "draft"
]
Why = Literal["certified", "doses", "early", "collective", "photo", "paused", "card", "bills"]
Shape = Literal["couple", "twins", "alone", "two-cities", "unmarried"]


class Part(BaseModel):
    """A piece of a demo file: unknown fields are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Someone(Part):
    """A named resident."""

    name: str
    born: date
    account: str
    phone: str
    ethnic_group: str = ""
    region: str = ""
    city: str = ""


class Delivery(Part):
    """A birth, days before the day of loading."""

    days_ago: int
    sex: Literal["male", "female"]
    time: str
    weight: int
    weeks: int
    certified: bool
    doses: bool


class Kin(Part):
    """A child or grandparent of a named family, `age` full years old on the day of loading."""

    name: str
    sex: Literal["male", "female"]
    age: int
    account: str = ""
    phone: str = ""
    registers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    licences: tuple[str, ...] = ()


class NamedFamily(Part):
    """A family to try things with."""

    key: str
    story: Text
    division: str
    household: Literal["family", "collective"] = "family"
    married: date | None = None
    mother: Someone
    father: Someone | None = None
    births: tuple[Delivery, ...] = ()
    children: tuple[Kin, ...] = ()
    elders: tuple[Kin, ...] = ()
    registers: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)
    licences: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Clerk(Part):
    """A member of staff."""

    account: str
    name: str
    department: str
    roles: tuple[str, ...]


class Background(Part):
    """How many further people to invent."""

    households: int
    firms: int
    married_share: float
    collective_share: float
    newborns: int


class Ethnic(Part):
    """How common an ethnic group is."""

    most: str
    others: tuple[str, ...]
    others_share: float


class People(Part):
    """`people.yaml`."""

    seed: int
    password: str
    hospital: str
    sister_city: str
    sister_region: str
    ethnic: Ethnic
    families: tuple[NamedFamily, ...]
    staff: tuple[Clerk, ...]
    background: Background


class Given(Part):
    """Syllables of given names."""

    female: tuple[str, ...]
    male: tuple[str, ...]


class Trade(Part):
    """What a firm does."""

    name: str
    industry: str


class Form(Part):
    """What a firm is; `capital` in the unit of the register."""

    name: str
    kind: str
    share: float
    capital: tuple[int, int]


class FirmNames(Part):
    """Parts of firms' names."""

    brands: tuple[str, ...]
    trades: tuple[Trade, ...]
    forms: tuple[Form, ...]


class Names(Part):
    """`names.yaml`."""

    surnames: tuple[str, ...]
    given: Given
    firms: FirmNames
    roads: tuple[str, ...]
    bank_branches: dict[str, tuple[str, ...]]


class Entry(Part):
    """One line of the week: `count` matters that go the same way."""

    matter: str
    count: int
    days_ago: tuple[int, int]
    then: Then
    why: Why | None = None
    family: Shape = "couple"
    child: Literal["newborn", "older"] = "newborn"
    item: str = ""
    reason: Text | None = None
    asks: tuple[str, ...] = ()
    rating: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


class Week(Part):
    """`week.yaml`."""

    answers: dict[str, tuple[str, ...]]
    words: dict[int, tuple[str, ...]]
    rework: tuple[str, ...]
    withdrawal: tuple[str, ...]
    week: tuple[Entry, ...]


class Owner(Part):
    """A member of a named family who owns a flat, with the number of their title."""

    family: str
    member: Literal["mother", "father"]
    title_no: str


class Home(Part):
    """A flat: what registers and utilities know of it."""

    unit_no: str
    address: str
    area: Decimal
    owned_for: int
    reference_price: Decimal
    mortgaged: bool = False
    sealed: bool = False
    owners: tuple[Owner, ...]
    accounts: dict[str, str]
    arrears: dict[str, Decimal] = Field(default_factory=dict)


class Homes(Part):
    """`homes.yaml`; a city need not have it."""

    homes: tuple[Home, ...] = ()


class Leader(Part):
    """A member of a named family who represents a firm by law."""

    family: str
    member: Literal["mother", "father"]


class NamedFirm(Part):
    """A firm somebody of a named family acts for; `founded` days before loading."""

    name: str
    kind: str
    industry: str
    capital: Decimal
    division: str
    address: str
    founded: int
    leader: Leader


class Plot(Part):
    """A plot of building land, as its register knows it."""

    parcel_no: str
    site: str
    planned_use: str
    land_area: Decimal


class Firms(Part):
    """`firms.yaml`; a city need not have it."""

    firms: tuple[NamedFirm, ...] = ()
    plots: tuple[Plot, ...] = ()


class Answered(Part):
    """What an office answered."""

    outcome: Literal["proper", "improper"]
    words: str


class Asked(Part):
    """A question of a mother of the week about a reading of a register."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    family: str
    register_: str = Field(alias="register")
    reason: str
    words: str
    days_after: int
    answer: Answered | None = None


class Decision(Part):
    """What a steward decided, by whose account."""

    by: str
    granted: bool
    columns: tuple[str, ...]
    reasons: str


class Wanted(Part):
    """A department's request for access."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    asker: str
    register_: str = Field(alias="register")
    columns: tuple[str, ...]
    services: tuple[str, ...]
    purpose: Text
    law: str
    article: str
    days: int
    a_day: int
    days_ago: int
    decision: Decision | None = None


class Rights(Part):
    """`rights.yaml`; a pack may do without."""

    questions: tuple[Asked, ...] = ()
    requests: tuple[Wanted, ...] = ()


class Demo(Part):
    """All files."""

    people: People
    names: Names
    week: Week
    homes: Homes = Homes()
    firms: Firms = Firms()
    rights: Rights = Rights()


def read(pack: Path) -> Demo:
    """The demo files of a pack's folder. Raises Refusal where there are none or one is wrong."""
    folder = pack / "demo"
    if not (folder / "people.yaml").is_file():
        raise Refusal(NO_DEMO.filled(folder=str(pack)))
    return Demo(
        people=_file(folder / "people.yaml", People),
        names=_file(folder / "names.yaml", Names),
        week=_file(folder / "week.yaml", Week),
        homes=_maybe(folder / "homes.yaml", Homes),
        firms=_maybe(folder / "firms.yaml", Firms),
        rights=_maybe(folder / "rights.yaml", Rights),
    )


def _maybe(path: Path, model: type[Any]) -> Any:
    return _file(path, model) if path.is_file() else model()


def _file(path: Path, model: type[Any]) -> Any:
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise Refusal(WRONG.filled(file=path.name, why=str(error))) from None
