"""Every bundle and item with what it asks and what it took. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Before, Bundle, Service
from yiwang.services.effort import Effort, Measure, before, effort
from yiwang.services.plan import Plan, plan_of


@dataclass(frozen=True)
class Effect:
    """One bundle or item: its lines, and what stands behind them."""

    kind: str
    id: str
    title: Text
    effort: Effort
    before: Before | None
    measure: Measure | None

    @property
    def what(self) -> str:
        """Its name as acts keep it."""
        return f"{self.kind}:{self.id}"


def effects(pack: Pack, measured: Mapping[str, Measure], kind: str) -> list[Effect]:
    """Every bundle, or every item, in the order declared."""
    model = {"bundle": Bundle, "service": Service}[kind]
    return [effect(pack, measured, kind, id) for id in pack.all(model)]


def effect(pack: Pack, measured: Mapping[str, Measure], kind: str, id: str) -> Effect:
    """One bundle or item. Raises NotFound where the city declares none of that name."""
    pack.get({"bundle": Bundle, "service": Service}[kind], id)
    plan: Plan = plan_of(pack, id, kind)
    return Effect(kind, id, plan.title, effort(plan), before(plan), measured.get(f"{kind}:{id}"))
