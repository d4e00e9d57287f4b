"""Where the lines of a map run: never behind a box, each source in lanes of its own. Pure.

A line leaves a box, turns into the lane of its source, and ends at the box that waits. All lines of
one source share its lanes, so that they read as one tree.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Pairs = Sequence[tuple[str, str]]
"""Pairs (item, after)."""
Point = tuple[float, float]
ROUND, TIP = 6.0, 4
GUTTER, LANE, ROOM, ENTRY, ASIDE = 14, 7, 16, 9, 40


def path(points: Sequence[Point]) -> str:
    """An SVG path through these points, its corners rounded."""
    corners = [points[0]]
    corners += [one for before, one in itertools.pairwise(points) if one != before]
    said = [_at("M", corners[0])]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        said += [
            _at("L", _towards(corner, before)),
            _at("Q", corner),
            _at("", _towards(corner, after)),
        ]
    return " ".join([*said, _at("L", corners[-1])])


def _at(letter: str, point: Point) -> str:
    return f"{letter}{point[0]:.0f} {point[1]:.0f}"


def _towards(corner: Point, other: Point) -> Point:
    """A little way from a corner to another point."""
    (x1, y1), (x2, y2) = corner, other
    long = max(abs(x2 - x1), abs(y2 - y1)) or 1
    part = min(ROUND, long / 2) / long
    return (x1 + (x2 - x1) * part, y1 + (y2 - y1) * part)


@dataclass
class Across:
    """Lanes of a wide map: beside the columns downwards, between the rows across.

    `columns` are the middles of the columns, `sides` those of the rooms beside them; `row_of` and
    `column_of` tell where each item stands.
    """

    pairs: Pairs
    row_of: Mapping[str, int]
    column_of: Mapping[str, int]
    columns: Sequence[float]
    sides: Sequence[float]
    wide: float
    _gaps: dict[int, list[str]] = field(init=False, default_factory=dict)
    _lanes: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Give every source its side and, in each gap between rows it needs, a place."""
        beside: dict[int, list[str]] = {}
        for source in dict.fromkeys(after for _, after in self.pairs):
            far = [item for item in self.waiting(source) if self._far(item, source)]
            if far:
                beside.setdefault(self._side(source, far), []).append(source)
            below = [self.row_of[source] + 1] if self._turns(source) else []
            for gap in dict.fromkeys([*below, *(self.row_of[item] for item in far)]):
                self._gaps.setdefault(gap, []).append(source)
        for side, sources in beside.items():
            for n, source in enumerate(sources):
                self._lanes[source] = self.sides[side] + (n - (len(sources) - 1) / 2) * LANE * 1.4

    def waiting(self, source: str) -> list[str]:
        """The items that wait for a source."""
        return [item for item, after in self.pairs if after == source]

    def high(self, gap: int) -> int:
        """How much room the lines above a row need."""
        return ROOM + ENTRY * len(self._gaps.get(gap, ()))

    def points(self, item: str, after: str, foot: float, tops: Sequence[float]) -> list[Point]:
        """The corners of a line; `foot` is where its box ends, `tops` where the rows begin."""
        x, row = self._exit(after), self.row_of[item]
        end = (self._entry(item, after), tops[row] - TIP)
        if not self._far(item, after) and after not in self._gaps.get(row, ()):
            return [(x, foot), end]
        below = self._across(after, self.row_of[after] + 1, tops)
        if not self._far(item, after):
            return [(x, foot), (x, below), (end[0], below), end]
        lane, above = self._lanes[after], self._across(after, row, tops)
        return [(x, foot), (x, below), (lane, below), (lane, above), (end[0], above), end]

    def _middle(self, item: str) -> float:
        return self.columns[self.column_of[item]]

    def _far(self, item: str, after: str) -> bool:
        return self.row_of[item] - self.row_of[after] > 1

    def _side(self, source: str, far: Iterable[str]) -> int:
        """The room nearest to the source and to what waits far below it."""
        ends = [self._middle(source), *map(self._middle, far)]
        return min(range(len(self.sides)), key=lambda n: sum(abs(self.sides[n] - x) for x in ends))

    def _turns(self, source: str) -> bool:
        """Whether a line of a source does anything but fall straight down."""
        return any(
            self._far(item, source) or self._entry(item, source) != self._middle(source)
            for item in self.waiting(source)
        )

    def _exit(self, source: str) -> float:
        """Where lines leave a box: beside the middle if they turn, where no other comes down."""
        return self._middle(source) - (ASIDE if self._turns(source) else 0)

    def _entry(self, item: str, after: str) -> float:
        """Where a line comes down onto a box: from left to right as its sources stand."""
        before = [one for waits, one in self.pairs if waits == item]
        before.sort(key=lambda one: (self._middle(one), self.row_of[one]))
        share = (before.index(after) + 1) / (len(before) + 1)
        return self._middle(item) + self.wide * (share - 0.5)

    def _across(self, source: str, gap: int, tops: Sequence[float]) -> float:
        users = self._gaps[gap]
        return tops[gap] - ROOM / 2 - ENTRY * (len(users) - users.index(source) - 0.5)


@dataclass
class Beside:
    """Lanes of a narrow map: all to the left of one column, the shortest next to it."""

    pairs: Pairs
    row_of: Mapping[str, int]
    _lanes: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Give every source the nearest lane that is free as far as its lines reach."""
        taken: list[tuple[int, int, int]] = []
        for source in sorted(dict.fromkeys(after for _, after in self.pairs), key=self._long):
            first, last = self._reach(source)
            used = {lane for lane, begin, end in taken if first < end and begin < last}
            lane = next(n for n in range(len(used) + 1) if n not in used)
            taken.append((lane, first, last))
            self._lanes[source] = lane

    @property
    def wide(self) -> int:
        """How much room all lanes need."""
        return GUTTER + LANE * (max(self._lanes.values(), default=0) + 1)

    def points(self, item: str, after: str, feet: Mapping[str, float]) -> list[Point]:
        """The corners of a line; `feet` tells where each box ends."""
        lane = self.wide - GUTTER + LANE / 2 - LANE * self._lanes[after]
        before = sorted((one for waits, one in self.pairs if waits == item), key=self.row_of.get)
        start, end = feet[after] - 12, feet[item] - 54 + ENTRY * before.index(after)
        return [(self.wide, start), (lane, start), (lane, end), (self.wide - TIP, end)]

    def _reach(self, source: str) -> tuple[int, int]:
        return self.row_of[source], max(
            self.row_of[i] for i, after in self.pairs if after == source
        )

    def _long(self, source: str) -> int:
        first, last = self._reach(source)
        return last - first
