"""What was measured last, and how it stands against targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from yiwang.evaluation.declarations import Target
from yiwang.evaluation.models import Measured
from yiwang.pack.pack import Pack
from yiwang.services.effort import Measure, Took


@dataclass(frozen=True)
class Latest:
    """The last measures, by `bundle:…` or `service:…`; `at` None where nothing was measured."""

    at: datetime | None
    by_what: dict[str, Measure]


@dataclass(frozen=True)
class Against:
    """A target beside what was measured: days None where not every stage has ended once."""

    target: Target
    median: int | None
    p90: int | None
    ended: int

    @property
    def kept(self) -> bool | None:
        """Whether the median keeps the target; None where nothing can be said."""
        return None if self.median is None else self.median <= self.target.days


def latest() -> Latest:
    """What was measured last."""
    last = Measured.objects.order_by("-measured_at").first()
    if last is None:
        return Latest(None, {})
    return Latest(last.measured_at, {one["what"]: Measure(**one) for one in last.measures})


def took(kind: str, id: str) -> Took:
    """What one bundle or item took, for its guide."""
    measured = latest()
    more = reverse(f"evaluation:{kind}", args=[id])
    return Took(measured.by_what.get(f"{kind}:{id}"), measured.at, more)


def against_targets(pack: Pack, measured: Latest) -> list[Against]:
    """Every target of the city, in the order declared."""
    return [_against(target, measured) for target in pack.all(Target).values()]


def _against(target: Target, measured: Latest) -> Against:
    parts = [measured.by_what.get(one.what) for one in target.measures]
    ended = min((one.ended if one else 0 for one in parts), default=0)
    return Against(
        target,
        _sum(one.median_days if one else None for one in parts),
        _sum(one.p90_days if one else None for one in parts),
        ended,
    )


def _sum(values: object) -> int | None:
    known = list(values)  # type: ignore[call-overload]
    return None if None in known else sum(known)
