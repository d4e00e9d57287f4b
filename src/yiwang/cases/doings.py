"""What a member of staff may do with a task now, and what each step leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.cases.models import Task
from yiwang.cases.panels import Panel
from yiwang.cases.review import awaits_review
from yiwang.cases.states import Verb
from yiwang.cases.tasks import LIVE
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds

PERMISSION = {
    "claim": "cases.claim",
    "accept": "cases.accept",
    "grant": "cases.decide",
    "ask": "cases.ask_more",
    "refuse": "cases.decide",
    "not_accept": "cases.accept",
    "hand_over": "cases.hand_over",
    "put_back": "cases.claim",
}
OFFERED = {
    Verb.ACCEPT: ("accept", "ask", "not_accept"),
    Verb.DECIDE: ("grant", "ask", "refuse"),
    Verb.VERIFY: (),
    Verb.REWORK: (),
    Verb.CONVENE: (),
    Verb.OPINE: (),
    Verb.CONCLUDE: (),
}


@dataclass(frozen=True)
class Doing:
    """One step: its words and what happens if it is taken."""

    verb: str
    title: str
    then: tuple[str, ...]


def doings(task: Task, staff: Staff, panel: Panel) -> dict[str, Doing]:
    """The steps open to this member of staff, by verb; none on a task that is over."""
    if task.state not in LIVE:
        return {}
    free = task.assignee_id in (None, staff.id)
    verbs: list[str] = list(OFFERED.get(Verb(task.verb), ())) if free else []
    if task.verb == Verb.DECIDE and awaits_review(task.case):
        verbs = ["ask"] if free else []
    if task.assignee_id is None:
        verbs.append("claim")
    elif task.assignee_id == staff.id:
        verbs.append("put_back")
    verbs.append("hand_over")
    return {verb: _doing(verb, task, panel) for verb in _allowed(verbs, task, staff)}


def _allowed(verbs: Iterable[str], task: Task, staff: Staff) -> list[str]:
    return [
        verb
        for verb in verbs
        if holds(staff, PERMISSION[verb], department=task.department, service=task.case.what)
    ]


def _doing(verb: str, task: Task, panel: Panel) -> Doing:
    if verb == "grant":
        return Doing(verb, gettext("Grant"), panel.gives)
    titles = {
        "claim": gettext("Take in hand"),
        "accept": gettext("Accept"),
        "ask": gettext("Ask for more"),
        "refuse": gettext("Refuse"),
        "not_accept": gettext("Refuse to accept"),
        "hand_over": gettext("Hand over"),
        "put_back": gettext("Put back"),
    }
    return Doing(verb, titles[verb], _then(verb))


def _then(verb: str) -> tuple[str, ...]:
    told = gettext("The applicant is told at once.")
    against = gettext("The applicant is told at once, with the reasons and the way to object.")
    then = {
        "accept": (gettext("The task to decide opens and stays with you."), told),
        "ask": (gettext("The limits stand still until the answer is there."), told),
        "refuse": (gettext("The item ends; the others go on."), against),
        "not_accept": (gettext("The item ends; the others go on."), against),
        "claim": (gettext("Colleagues see that you have it."),),
        "hand_over": (gettext("A colleague has it in hand from then on."),),
        "put_back": (gettext("Anyone in the department can take it."),),
    }
    return then[verb]
