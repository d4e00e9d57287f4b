"""The map of what waits for what: boxes and lines with their places, for wide and narrow pages.
Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.services.course import CoursePlan

HIGH, GAP, HEAD, ROW = 66, 18, 34, 38
WIDE, ACROSS = 960, 4
NARROW, GUTTER, LANES = 328, 50, 4
EM = 15


@dataclass(frozen=True)
class Mark:
    """How an item stands: in words and by its tone."""

    words: str
    tone: str


@dataclass(frozen=True)
class Box:
    """An item: its place, its title in at most two lines, how it stands."""

    x: int
    y: int
    wide: int
    lines: tuple[str, ...]
    words: str
    tone: str
    high: int = HIGH

    @property
    def text(self) -> tuple[tuple[int, str], ...]:
        """The lines of the title with the height each stands at."""
        return tuple((self.y + 21 + 18 * n, line) for n, line in enumerate(self.lines))

    @property
    def foot(self) -> int:
        """The height its state stands at."""
        return self.y + self.high - 9


@dataclass(frozen=True)
class Band:
    """A stage: its title and the space it takes."""

    y: int
    high: int
    title: str


@dataclass(frozen=True)
class Line:
    """From an item to one that waits for it; `met`: the first is granted."""

    path: str
    met: bool


@dataclass(frozen=True)
class Drawing:
    """One drawing: its size, bands, boxes and lines."""

    name: str
    wide: int
    high: int
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CourseMap:
    """The same map twice: for a wide page, and for a phone."""

    wide: Drawing
    narrow: Drawing

    @property
    def drawings(self) -> tuple[Drawing, Drawing]:
        """Both; a page shows the one that fits."""
        return (self.wide, self.narrow)


def course_map(plan: CoursePlan, marks: Mapping[str, Mark]) -> CourseMap:
    """The map of a course; `marks` tell how items stand (none: just the plan)."""
    return CourseMap(_draw(plan, marks, wide=True), _draw(plan, marks, wide=False))


def _draw(plan: CoursePlan, marks: Mapping[str, Mark], *, wide: bool) -> Drawing:
    boxes: dict[str, Box] = {}
    bands, y = [], 0
    for n, stage in enumerate(plan.stages):
        top, y = y, y + HEAD
        for row in _rows(stage.levels if wide else [[id] for level in stage.levels for id in level],
                         ACROSS if wide else 1):  # fmt: skip
            for at, id in enumerate(row):
                boxes[id] = _box(plan, id, marks.get(id), y, at, len(row), wide=wide)
            y += HIGH + (ROW if wide else 12)
        title = gettext("Stage %(n)d: %(title)s") % {
            "n": n + 1, "title": plan.course.stages[n].title,
        }  # fmt: skip
        bands.append(Band(top, y - top - 8, title))
    lines = tuple(
        Line(
            _curve(boxes[after], boxes[item]) if wide else _bracket(boxes[after], boxes[item], n),
            id_met(marks.get(after)),
        )
        for n, (item, after) in enumerate(_by_source(plan))
    )
    size = WIDE if wide else NARROW
    name = "wide" if wide else "narrow"
    return Drawing(name, size, y, tuple(bands), tuple(boxes.values()), lines)


def id_met(mark: Mark | None) -> bool:
    """Whether what others wait for is there."""
    return mark is not None and mark.tone == "good"


def _rows(levels: Sequence[Sequence[str]], across: int) -> list[Sequence[str]]:
    return [
        level[first : first + across]
        for level in levels
        for first in range(0, len(level), across)
    ]  # fmt: skip


def _box(
    plan: CoursePlan, id: str, mark: Mark | None, y: int, at: int, of: int, *, wide: bool
) -> Box:
    if wide:
        room = (WIDE - 2 * GAP - (ACROSS - 1) * GAP) // ACROSS
        left = (WIDE - of * room - (of - 1) * GAP) // 2
        x = left + at * (room + GAP)
    else:
        room, x = NARROW - GUTTER - 6, GUTTER
    title = str(plan.items[id].service.title)
    return Box(
        x, y, room, _wrapped(title, room - 20), mark.words if mark else "",
        mark.tone if mark else "neutral",
    )  # fmt: skip


def _by_source(plan: CoursePlan) -> list[tuple[str, str]]:
    """Pairs (item, after), those of one source together."""
    place = {id: n for n, id in enumerate(plan.items)}
    return sorted(plan.shown_waits, key=lambda pair: (place[pair[1]], place[pair[0]]))


def _curve(start: Box, end: Box) -> str:
    """Down from the middle of one box to the middle of another."""
    x1, y1 = start.x + start.wide // 2, start.y + start.high
    x2, y2 = end.x + end.wide // 2, end.y - 4
    bend = max(18, (y2 - y1) // 2)
    return f"M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"


def _bracket(start: Box, end: Box, n: int) -> str:
    """Out to the left, down, and in again, each in a lane of its own as far as there are lanes."""
    x = GUTTER - 12 - (n % LANES) * 9
    y1, y2 = start.y + start.high - 16, end.y + 16 + (n % LANES) * 6
    down = f"H{x + 6} Q{x} {y1} {x} {y1 + 6} V{y2 - 6}"
    return f"M{GUTTER} {y1} {down} Q{x} {y2} {x + 6} {y2} H{GUTTER - 4}"


def _wrapped(words: str, room: int) -> tuple[str, ...]:
    """At most two lines; what is too long for them ends in an ellipsis."""
    lines, line, width = [], "", 0.0
    for part in _parts(words):
        size = sum(_wide(char) for char in part)
        if line and width + size > room:
            lines.append(line.strip())
            line, width = "", 0.0
        line, width = line + part, width + size
    lines.append(line.strip())
    if len(lines) > 2:
        return (lines[0], lines[1][:-1] + "…")
    return tuple(lines)


def _parts(words: str) -> list[str]:
    """Where a line may break: after a space, and after every Chinese character."""
    parts, held = [], ""
    for char in words:
        held += char
        if char == " " or unicodedata.east_asian_width(char) in "WF":
            parts.append(held)
            held = ""
    return [*parts, held] if held else parts


def _wide(char: str) -> float:
    return EM if unicodedata.east_asian_width(char) in "WF" else EM * 0.56
