"""One item as one line of a list, and how lists are narrowed, ordered and cut into pages. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.types import AUDIENCES, ITEM_TYPES, LEVELS
from yiwang.identity.declarations import Department, Division
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack

# The first character of each pinyin initial among the characters GB 2312 orders by sound.
_INITIALS = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"),
    (0xB8C1, "G"), (0xB9FE, "H"), (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"),
    (0xC4C3, "N"), (0xC5B6, "O"), (0xC5BE, "P"), (0xC6DA, "Q"), (0xC8BB, "R"), (0xC8F6, "S"),
    (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"), (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
_END = 0xD7FA  # after the last of them
OTHER = "#"


@dataclass(frozen=True)
class Choice:
    """One value a list can be narrowed to: how many items it leaves, and whether it is chosen."""

    id: str
    title: str
    count: int
    chosen: bool = False


def url_of(guide: Guide) -> str:
    """Where the guide of an item stands."""
    name = "services:service" if guide.kind == "service" else "guides:item"
    return reverse(name, args=[guide.id])


@lru_cache(maxsize=8192)
def initial(title: str) -> str:
    """The letter a title is found under: of its pinyin, or its own; `#` for anything else."""
    first = next((one for one in unicodedata.normalize("NFKC", title) if one.isalnum()), "")
    if first.isascii():
        return first.upper() if first.isalpha() else OTHER
    code = int.from_bytes(first.encode("gb2312", errors="ignore"), "big")
    if not _INITIALS[0][0] <= code < _END:
        return OTHER
    return [letter for start, letter in _INITIALS if start <= code][-1]


def in_days(limit: Limit | str | None) -> str:
    """A limit in a list: `5 working days`; told that there is none; "" where nothing is told."""
    if limit is None:
        return ""
    if not isinstance(limit, Limit):
        return gettext("no limit")
    if limit.days == 0:
        return gettext("the same day")
    if limit.count == "natural":
        words = ngettext("%(days)d calendar day", "%(days)d calendar days", limit.days)
    else:
        words = ngettext("%(days)d working day", "%(days)d working days", limit.days)
    return words % {"days": limit.days}


@dataclass(frozen=True)
class Axis:
    """A way to narrow a list: its name in the address, its title, what values an item has."""

    name: str
    title: Text
    values: Callable[[Guide], Collection[str]]
    words: Mapping[str, Text]

    def choices(self, guides: Iterable[Guide], chosen: str) -> list[Choice]:
        """The values that occur, the most frequent first."""
        counted = Counter(value for one in guides for value in self.values(one))
        return [
            Choice(value, str(self.words.get(value, value)), count, value == chosen)
            for value, count in counted.most_common()
        ]


def axes(pack: Pack, guides: Mapping[str, Guide]) -> tuple[Axis, ...]:
    """Every way the catalogue can be narrowed."""
    offices = {one.office.id: one.office.title for one in guides.values() if one.office}
    themes = {str(t.zh): t for one in guides.values() for t in one.themes or ()}
    return (
        Axis("for", Text(zh="给谁办", en="For whom"), _audiences, AUDIENCES),
        Axis("office", Text(zh="部门", en="Office"), _office, offices),
        Axis("theme", Text(zh="主题", en="Theme"), _themes, themes),
        Axis("type", Text(zh="事项类型", en="Type"), _type, ITEM_TYPES),
        Axis("level", Text(zh="层级", en="Level"), _level, LEVELS),
        Axis("place", Text(zh="地方", en="Place"), _places(pack), _divisions(pack)),
        Axis("letter", Text(zh="拼音首字母", en="First letter"), _letter, {}),
    )


def narrowed(
    guides: Iterable[Guide], ways: Sequence[Axis], asked: Mapping[str, str], *, without: str = ""
) -> list[Guide]:
    """The items that have every value asked for; the axis `without` is left out of account."""
    wanted = [(way, asked[way.name]) for way in ways if asked.get(way.name) and way.name != without]
    return [one for one in guides if all(value in way.values(one) for way, value in wanted)]


def _audiences(one: Guide) -> Collection[str]:
    return one.audiences or ()


def _office(one: Guide) -> Collection[str]:
    return (one.office.id,) if one.office else ()


def _themes(one: Guide) -> Collection[str]:
    return [theme.zh for theme in one.themes or ()]


def _type(one: Guide) -> Collection[str]:
    return (one.type,) if one.type else ()


def _level(one: Guide) -> Collection[str]:
    return (one.level,) if one.level else ()


def _places(pack: Pack) -> Callable[[Guide], Collection[str]]:
    """Where the city's own office that does it is responsible."""
    offices = pack.all(Department)

    def places(one: Guide) -> Collection[str]:
        office = offices.get(one.office.id) if one.office else None
        return (office.division,) if office else ()

    return places


def _divisions(pack: Pack) -> Mapping[str, Text]:
    return {id: one.title for id, one in pack.all(Division).items()}


def _letter(one: Guide) -> Collection[str]:
    return (initial(one.title.zh),)
