"""The map of what waits for what: boxes and lines with their places, for wide and narrow pages.
Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.services.course import CoursePlan
from yiwang.services.pages.course_lines import Across, Beside, Point, path

HIGH, HEAD, END, BETWEEN = 66, 30, 26, 12
BOX, BESIDE, ACROSS = 248, 54, 3
COLUMNS = {1: (1,), 2: (0, 2), 3: (0, 1, 2)}
WIDE, NARROW = ACROSS * (BOX + BESIDE) + BESIDE, 328
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
    return CourseMap(_wide(plan, marks), _narrow(plan, marks))


def _wide(plan: CoursePlan, marks: Mapping[str, Mark]) -> Drawing:
    """Items that may run together beside each other, the lines between them."""
    rows = [
        (n, level[first : first + ACROSS])
        for n, stage in enumerate(plan.stages)
        for level in stage.levels
        for first in range(0, len(level), ACROSS)
    ]
    column = {id: at for _, row in rows for at, id in zip(COLUMNS[len(row)], row, strict=True)}
    step = BOX + BESIDE
    lanes = Across(
        plan.shown_waits, {id: n for n, (_, row) in enumerate(rows) for id in row}, column,
        columns=[BESIDE + n * step + BOX / 2 for n in range(ACROSS)],
        sides=[BESIDE / 2 + n * step for n in range(ACROSS + 1)], wide=BOX,
    )  # fmt: skip
    tops, bands, size = _down(plan, [stage for stage, _ in rows], lanes.high)
    boxes = {
        id: _box(plan, id, marks.get(id), BESIDE + column[id] * step, top, BOX)
        for top, (_, row) in zip(tops, rows, strict=True)
        for id in row
    }
    lines = _lines(plan, marks, lambda i, a: lanes.points(i, a, boxes[a].y + boxes[a].high, tops))
    return Drawing("wide", WIDE, size, bands, tuple(boxes.values()), lines)


def _narrow(plan: CoursePlan, marks: Mapping[str, Mark]) -> Drawing:
    """One item below the other, the lines to the left of them."""
    rows = [
        (n, id) for n, stage in enumerate(plan.stages) for level in stage.levels for id in level
    ]
    lanes = Beside(plan.shown_waits, {id: n for n, (_, id) in enumerate(rows)})
    tops, bands, size = _down(plan, [stage for stage, _ in rows], lambda _: BETWEEN)
    boxes = {
        id: _box(plan, id, marks.get(id), lanes.wide, top, NARROW - lanes.wide - 6)
        for top, (_, id) in zip(tops, rows, strict=True)
    }
    feet = {id: box.y + box.high for id, box in boxes.items()}
    lines = _lines(plan, marks, lambda item, after: lanes.points(item, after, feet))
    return Drawing("narrow", NARROW, size, bands, tuple(boxes.values()), lines)


def _down(
    plan: CoursePlan, stages: Sequence[int], room: Callable[[int], int]
) -> tuple[list[int], tuple[Band, ...], int]:
    """Where each row begins, the bands of the stages, and how high all of it is."""
    tops: list[int] = []
    begins: dict[int, int] = {}
    y = 0
    for row, stage in enumerate(stages):
        if stage not in begins:
            begins[stage] = y
            y += HEAD
        y += room(row)
        tops.append(y)
        y += HIGH + (END if stage not in stages[row + 1 :] else 0)
    ends = [*list(begins.values())[1:], y]
    bands = tuple(
        Band(top, end - top - 8, gettext("Stage %(n)d: %(title)s") % {
            "n": stage + 1, "title": plan.course.stages[stage].title})
        for (stage, top), end in zip(begins.items(), ends, strict=True)
    )  # fmt: skip
    return tops, bands, y


def _lines(
    plan: CoursePlan, marks: Mapping[str, Mark], points: Callable[[str, str], Sequence[Point]]
) -> tuple[Line, ...]:
    """Every wait as a line, those that are met above the others."""
    found = [
        Line(path(points(item, after)), id_met(marks.get(after)))
        for item, after in plan.shown_waits
    ]
    return tuple(sorted(found, key=lambda line: line.met))


def id_met(mark: Mark | None) -> bool:
    """Whether what others wait for is there."""
    return mark is not None and mark.tone == "good"


def _box(plan: CoursePlan, id: str, mark: Mark | None, x: int, y: int, room: int) -> Box:
    title = str(plan.items[id].service.title)
    words, tone = (mark.words, mark.tone) if mark else ("", "neutral")
    return Box(x, y, room, _wrapped(title, room - 20), words, tone)


def _wrapped(words: str, room: int) -> tuple[str, ...]:
    """At most two lines; what is too long for them ends in an ellipsis."""
    lines, line, width = [], "", 0.0
    for part in _parts(words):
        size = sum(_size(char) for char in part)
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


def _size(char: str) -> float:
    return EM if unicodedata.east_asian_width(char) in "WF" else EM * 0.56
