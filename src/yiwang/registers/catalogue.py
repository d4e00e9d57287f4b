"""The registers of the city as everybody may know them: what is in them, who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from yiwang.identity.declarations import Department
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element, Grant, Register
from yiwang.registers.given import declared
from yiwang.registers.grants import basis_text
from yiwang.registers.models import GivenGrant, Quality

TONES = {"unconditional": "good", "conditional": "neutral", "none": "bad"}


@dataclass(frozen=True)
class Column:
    """One column: its element, and the share of rows that have it (None: not counted)."""

    name: str
    element: Element
    title: Text
    key: bool
    filled: int | None


@dataclass(frozen=True)
class Access:
    """A grant in words: who, which columns, on which law, until when; `asked` with what for."""

    who: Sequence[Text]
    columns: Sequence[Text]
    law: Text
    says: Text | None
    until: date | None
    purpose: str = ""
    a_day: int = 0
    soon: bool = False
    to: Sequence[str] = ()
    short: Sequence[Text] = ()

    @property
    def everybody(self) -> bool:
        """Whether every department may read."""
        return not self.who


@dataclass(frozen=True)
class Line:
    """One register of the list."""

    register: Register
    steward: Text
    sharing: str
    tone: str
    columns: int
    readers: int
    rows: int | None


def sharing_words(register: Register) -> str:
    """The class of sharing."""
    words = {
        "unconditional": gettext("Shared without conditions"),
        "conditional": gettext("Shared on conditions"),
        "none": gettext("Not shared"),
    }
    return words[register.sharing]


def sharing_meaning(register: Register) -> str:
    """What the class means for a department that wants to read."""
    words = {
        "unconditional": gettext(
            "Any department may have it for an item of its own; a request is a formality."
        ),
        "conditional": gettext(
            "A department asks with purpose, law and columns; the steward decides with reasons."
        ),
        "none": gettext("Only the steward reads it. The law forbids to pass it on."),
    }
    return words[register.sharing]


def lines(pack: Pack, known: Mapping[str, Quality], find: str = "") -> list[Line]:
    """Every register whose title, steward or columns hold the words looked for, by steward."""
    found = [_line(one, pack, known.get(one.id)) for one in pack.all(Register).values()]
    wanted = find.strip().lower()
    kept = [one for one in found if not wanted or wanted in _words(one, pack)]
    return sorted(kept, key=lambda one: (str(one.steward), str(one.register.title)))


def columns_of(register: Register, pack: Pack, known: Quality | None) -> list[Column]:
    """The columns in their order."""
    return [
        Column(
            name, pack.get(Element, id), pack.get(Element, id).title, name == register.key,
            _share(known, name),
        )
        for name, id in register.columns.items()
    ]  # fmt: skip


def accesses(register: Register, pack: Pack, given: Iterable[GivenGrant]) -> list[Access]:
    """Grants in force today: the declared ones, then those given on request."""
    on = moment.today()
    found = [
        access_of(one, register, pack)
        for one in register.grants
        if (one.until is None or on <= one.until) and one.to != (register.steward,)
    ]
    for one in given:
        if one.withdrawn_at is None and one.since <= on <= one.until:
            found.append(access_of(declared(one), register, pack, one.purpose, one.a_day))
    return found


def title_of(pack: Pack, department: str) -> Text:
    """The name of a department, its id where none is declared any more."""
    one = pack.all(Department).get(department)
    return one.title if one else Text(zh=department, en=department)


def short_of(pack: Pack, department: str) -> Text:
    """What people call a department."""
    one = pack.all(Department).get(department)
    return one.short if one else Text(zh=department, en=department)


def column_titles(register: Register, pack: Pack, columns: Iterable[str]) -> list[Text]:
    """Columns in words, in the register's order."""
    order = list(register.columns)
    known = sorted((c for c in columns if c in register.columns), key=order.index)
    return [pack.get(Element, register.columns[name]).title for name in known]


def access_of(
    one: Grant, register: Register, pack: Pack, purpose: str = "", a_day: int = 0
) -> Access:
    """A grant in words."""
    who = [] if one.to == "*" else [title_of(pack, id) for id in one.to]
    names = register.columns if one.columns == "*" else one.columns
    soon = one.until is not None and (one.until - moment.today()).days <= SOON
    return Access(
        who, column_titles(register, pack, names), basis_text(one.basis), one.basis.says,
        one.until, purpose, a_day, soon, () if one.to == "*" else one.to,
        [] if one.to == "*" else [short_of(pack, id) for id in one.to],
    )  # fmt: skip


SOON = 30  # days


def _line(register: Register, pack: Pack, known: Quality | None) -> Line:
    to = {id for one in register.grants if one.to != "*" for id in one.to}
    to = set(pack.all(Department)) if any(one.to == "*" for one in register.grants) else to
    return Line(
        register, title_of(pack, register.steward), sharing_words(register),
        TONES[register.sharing], len(register.columns), len(to - {register.steward}),
        known.rows if known else None,
    )  # fmt: skip


def _words(line: Line, pack: Pack) -> str:
    register = line.register
    texts = [register.title, line.steward]
    texts += [pack.get(Element, id).title for id in register.columns.values()]
    return " ".join(f"{one.zh} {one.en}" for one in texts).lower()


def _share(known: Quality | None, column: str) -> int | None:
    if known is None or not known.rows:
        return None
    return round(100 * known.filled.get(column, 0) / known.rows)
