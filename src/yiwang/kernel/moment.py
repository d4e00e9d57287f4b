"""What time it is: one clock for the whole program, which tests and the demo may shift."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta())
CITY_ZONE = ZoneInfo("Asia/Shanghai")


def real_now() -> datetime:
    """The machine's moment (UTC), whatever the clock was shifted to."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine


def now() -> datetime:
    """The present moment (UTC), shifted where a demo or a test says so."""
    return real_now() + _shift.get()


def local(at: datetime) -> datetime:
    """`at` as the clocks of the city show it."""
    return at.astimezone(CITY_ZONE)


def today() -> date:
    """The present day in the city."""
    return local(now()).date()


def shifted() -> bool:
    """Whether the clock is not the machine's."""
    return bool(_shift.get())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block happen as if it began at `moment`; the clock runs on from there."""
    token = _shift.set(moment - real_now())
    try:
        yield
    finally:
        _shift.reset(token)
