"""A course read for use: its stages as plans, and what waits for what across all of them. Pure.

Nothing of the order is written by hand: an item waits for the one whose licence or number it
reads, in its own stage or an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from yiwang.pack.pack import Pack
from yiwang.services import order
from yiwang.services.declarations import Course
from yiwang.services.item import Item
from yiwang.services.plan import Plan, plan_of


@dataclass(frozen=True)
class CoursePlan:
    """All stages of a course as one."""

    course: Course
    stages: tuple[Plan, ...]

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """In which stage each item is."""
        return {item.id: n for n, plan in enumerate(self.stages) for item in plan.items}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item, by service id."""
        return {item.id: item for plan in self.stages for item in plan.items}

    @cached_property
    def waits(self) -> tuple[order.Wait, ...]:
        """What waits for what, within stages and across them."""
        return order.waits(list(self.items.values()))

    @cached_property
    def shown_waits(self) -> tuple[tuple[str, str], ...]:
        """The same as pairs (item, after), without those that follow from others."""
        pairs = {(wait.item, wait.after) for wait in self.waits}
        before: dict[str, set[str]] = {}
        for item, after in pairs:
            before.setdefault(item, set()).add(after)
        return tuple(
            (item, after)
            for item in self.items
            for after in self.items
            if (item, after) in pairs
            and not any(after in _all_before(other, before) for other in before[item] - {after})
        )

    def needs(self, place: int) -> tuple[str, ...]:
        """Items of earlier stages that must be granted before stage `place` can begin."""
        own = {item.id for item in self.stages[place].items}
        found = {w.after for w in self.waits if w.item in own and self.place_of[w.after] < place}
        return tuple(id for id in self.items if id in found)


def _all_before(item: str, before: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [item]
    while todo:
        new = before.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def course_plan(pack: Pack, id: str) -> CoursePlan:
    """A course of a pack, read once."""
    return pack.memo(f"course {id}", lambda p: _read(p, id))


def _read(pack: Pack, id: str) -> CoursePlan:
    course = pack.get(Course, id)
    return CoursePlan(course, tuple(plan_of(pack, one.bundle, "bundle") for one in course.stages))


def stage_of(pack: Pack, kind: str, what: str) -> tuple[Course, int] | None:
    """The course in which a bundle is a stage (or a service an item), and which; None: in none."""
    for course in pack.all(Course).values():
        for n, stage in enumerate(course.stages):
            plan = plan_of(pack, stage.bundle, "bundle")
            if (kind, what) == ("bundle", stage.bundle) or (
                kind == "service" and what in plan.by_id
            ):
                return course, n
    return None
