"""Clocks: started, paused while the person is waited for, resumed. Pure on rows."""

from __future__ import annotations

from datetime import date

from yiwang.cases.models import Clock
from yiwang.kernel.days import Count, WorkCalendar


def start(clock: Clock, on: date, calendar: WorkCalendar) -> Clock:
    """Begin to count: the limit starts the day after `on`."""
    clock.started_on = on
    clock.due_on = calendar.after(on, clock.days, clock.count)  # type: ignore[arg-type]
    return clock


def pause(clock: Clock, on: date, calendar: WorkCalendar) -> Clock:
    """Stand still from `on`; what remains is kept."""
    if clock.paused_on is None and clock.stopped_on is None:
        clock.paused_on = on
        clock.left = calendar.between(on, clock.due_on, clock.count)  # type: ignore[arg-type]
    return clock


def extend(clock: Clock, days: int, count: Count, on: date, calendar: WorkCalendar) -> Clock:
    """Make the limit longer by `days` that begin the day after it would have ended."""
    clock.due_on = calendar.after(clock.due_on, days, count)
    clock.extended, clock.extended_on = days, on
    return clock


def resume(clock: Clock, on: date, calendar: WorkCalendar) -> Clock:
    """Go on from `on` with what remained; nothing remaining (overdue) stays overdue."""
    if clock.paused_on is not None and clock.left is not None:
        overdue = clock.left <= 0
        if not overdue:
            clock.due_on = calendar.after(on, clock.left, clock.count)  # type: ignore[arg-type]
        clock.paused_on, clock.left = None, None
    return clock
