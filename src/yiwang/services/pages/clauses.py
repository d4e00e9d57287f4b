"""A clause that stands in the way of doing an item online, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yiwang.kernel.words import Text
from yiwang.registers.grants import basis_text
from yiwang.services.obstacles import Obstacle

DEMANDS: dict[str, Promise] = {
    "in-person": _("come in person"),
    "original": _("bring the original"),
    "paper": _("bring it on paper"),
    "wet-signature": _("sign by hand"),
    "seal": _("have it stamped"),
    "notarisation": _("have it notarised"),
    "public-notice": _("have it published in a newspaper"),
}
LEVELS: dict[str, Promise] = {
    "nation": _("a law or regulation of the nation"),
    "province": _("a rule of the province"),
    "city": _("a rule of the city"),
    "department": _("a rule of a department"),
}
STATES: dict[str, tuple[Promise, str]] = {
    "found": (_("found"), "neutral"),
    "proposed": (_("change proposed"), "now"),
    "accepted": (_("change accepted"), "good"),
    "changed": (_("changed"), "good"),
    "kept": (_("kept for a reason"), "warn"),
}


@dataclass(frozen=True)
class Clause:
    """One obstacle as it is shown. `tone` is that of its status."""

    id: str
    title: Text
    law: str
    says: str
    demands: str
    step: Text
    level: str
    changed_by: Text
    since: date
    proposal: Text
    state: str
    tone: str
    reason: Text | None


def clause(one: Obstacle) -> Clause:
    """An obstacle in words."""
    state, tone = STATES[one.state]
    return Clause(
        id=one.id,
        title=one.title,
        law=str(basis_text(one.law)),
        says=str(one.law.says or ""),
        demands=gettext(", ").join(str(DEMANDS[demand]) for demand in one.demands),
        step=one.step,
        level=str(LEVELS[one.level]),
        changed_by=one.changed_by,
        since=one.since,
        proposal=one.proposal,
        state=str(state),
        tone=tone,
        reason=one.reason,
    )
