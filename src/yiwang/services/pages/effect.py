"""Before, by declaration, in fact: the lines of the tables of effect. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from yiwang.kernel.words import Text
from yiwang.services.declarations import Before
from yiwang.services.effort import Effort, Measure, Took, before, effort
from yiwang.services.plan import Plan


@dataclass(frozen=True)
class Line:
    """One measure: what it was, what is declared, what it is."""

    label: str
    before: str
    declared: str
    fact: str


@dataclass(frozen=True)
class EffectTable:
    """What a matter asks and took, line by line; `source` says where the figures of before come
    from, `took` when the facts were measured and where all of them are told."""

    lines: tuple[Line, ...]
    source: Text | None
    took: Took | None

    @property
    def measured(self) -> bool:
        """Whether some fact stands in it."""
        return any(line.fact for line in self.lines)


def effect_table(plan: Plan, took: Took | None) -> EffectTable:
    """The table of a bundle or item."""
    was = before(plan)
    told = lines(was, effort(plan), took.measure if took else None)
    return EffectTable(told, was.source if was else None, took)


def lines(was: Before | None, now: Effort, fact: Measure | None) -> tuple[Line, ...]:
    """The six measures: before, as declared now, in fact."""
    return (
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
    )


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
