"""Before, by declaration, in fact: the lines of the tables of effect. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from yiwang.evaluation.measure import Measure
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Before, Bundle, Service
from yiwang.services.effort import Effort, before, effort
from yiwang.services.plan import Plan, plan_of


@dataclass(frozen=True)
class Line:
    """One measure: what it was, what is declared, what it is."""

    label: str
    before: str
    declared: str
    fact: str


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


def lines(one: Effect) -> list[Line]:
    """The six measures, then what only facts can tell."""
    was, now, fact = one.before, one.effort, one.measure
    return [
        Line(gettext("Steps you take"), _was(was and was.steps), str(now.steps), ""),
        Line(gettext("Days it takes"), _was(was and was.days), _days(now), _measured(fact)),
        Line(gettext("Documents to hand in"), _was(was and was.materials), _papers(now), ""),
        Line(gettext("Visits"), _was(was and was.visits), str(now.visits), _counter(fact)),
        Line(gettext("Forms to fill in"), _was(was and was.forms), str(now.forms), ""),
        Line(
            gettext("Fees"),
            str(was.fees) if was and was.fees else "",
            gettext("; ").join(str(fee) for fee in now.fees),
            "",
        ),
    ]


def _was(value: int | None) -> str:
    return "" if value is None else str(value)


def _days(now: Effort) -> str:
    days = now.promise.days
    return ngettext("%(days)d at most", "%(days)d at most", days) % {"days": days}


def _papers(now: Effort) -> str:
    if now.usual == now.most:
        return str(now.most)
    return gettext("%(usual)d, at most %(most)d") % {"usual": now.usual, "most": now.most}


def _measured(fact: Measure | None) -> str:
    if fact is None or fact.median_days is None:
        return ""
    return gettext("half within %(median)d, nine in ten within %(p90)d") % {
        "median": fact.median_days, "p90": fact.p90_days,
    }  # fmt: skip


def _counter(fact: Measure | None) -> str:
    if fact is None or not fact.sent:
        return ""
    return gettext("%(share)d%% came to a counter") % {"share": share(fact.at_counter, fact.sent)}


def share(part: int, whole: int) -> int:
    """A share in whole per cent, 0 where there is nothing."""
    return round(100 * part / whole) if whole else 0
