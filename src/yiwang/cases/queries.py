"""Every read of cases for the office: one task, one case, what happened, which limits run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count as Counted
from django.db.models import Q
from django.utils.translation import gettext, ngettext

from yiwang.cases.calendar import days_left, work_calendar
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Clock, Rating, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.standing import stands_at
from yiwang.cases.states import Progress, State
from yiwang.cases.tasks import LIVE
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds, require, services_of
from yiwang.identity.queries import staff_of
from yiwang.kernel import moment
from yiwang.kernel.days import Count
from yiwang.kernel.words import Text
from yiwang.pack.queries import current

FOUND = 20


@dataclass(frozen=True)
class Limit:
    """A limit as the office reads it: whose, which, by when, and what it counts. `extended` says
    in words by how much it was made longer."""

    case: UUID
    kind: str
    title: str
    due: date
    left: int
    count: str
    words: str
    standing_still: bool
    over: bool
    extended: str = ""


@dataclass(frozen=True)
class Used:
    """Days used of the limit of a whole matter. `of` counts an extension in."""

    days: int
    of: int
    due: date
    over: bool


@dataclass(frozen=True)
class Sibling:
    """Another item of the same matter: its title and where it stands, nothing more."""

    title: Text
    stands: Text
    waits: bool


def task_for(id: UUID, staff: Staff) -> Task:
    """A task this member of staff may look at. Raises NoSuchCase, NotAllowed."""
    found = Task.objects.select_related(
        "case__root", "case__applicant", "case__organisation", "assignee"
    )
    task = found.filter(pk=id).exclude(department="").first()
    if task is None:
        raise NoSuchCase()
    require(staff, "worklist.view", department=task.department, service=task.case.what)
    return task


def case_for(number: str, staff: Staff) -> Case:
    """A case of the member's department, or the root of one. Raises NoSuchCase, NotAllowed."""
    found = Case.objects.select_related("root", "applicant", "organisation")
    case = found.filter(number=number.strip().upper()).exclude(state=State.DRAFT).first()
    if case is None:
        raise NoSuchCase()
    if case.kind == "service" or not takes_part(case, staff):
        require(staff, "worklist.view", department=case.department, service=case.what)
    return case


def takes_part(root: Case, staff: Staff) -> bool:
    """Whether some item of a root is the department's and within the member's roles."""
    items = Case.objects.filter(root=root, department=staff.department, kind="service")
    return any(
        holds(staff, "worklist.view", department=staff.department, service=what)
        for what in items.values_list("what", flat=True)
    )


def find_cases(text: str, staff: Staff) -> list[Case]:
    """Cases of the member's department whose number holds `text`, the newest first."""
    wanted = text.strip().upper()
    if len(wanted) < 3:
        return []
    cases = Case.objects.filter(number__contains=wanted, department=staff.department)
    cases = cases.filter(kind="service").exclude(state=State.DRAFT)
    services = services_of(staff, "worklist.view")
    if services is not None:
        cases = cases.filter(what__in=services)
    return list(
        cases.select_related("root", "applicant", "organisation").order_by("-created_at", "number")[
            :FOUND
        ]
    )


def live_task(case: Case) -> Task | None:
    """What the office has to do on a case now."""
    return case.tasks.filter(state__in=LIVE).exclude(department="").order_by("opened_at").first()


def waiting_for_person(case: Case) -> Task | None:
    """What the applicant was asked for and has not given yet."""
    return case.tasks.filter(verb="supply", state=Progress.OPEN).first()


def siblings(case: Case) -> list[Sibling]:
    """The other items of the matter, in their order."""
    if case.root_id == case.id and case.kind == "service":
        return []
    others = Case.objects.filter(root=case.root_id, kind="service").exclude(pk=case.pk)
    found = []
    for one in others.order_by("number"):
        one.root = case.root
        title = procedure_of(one).title(one)
        waits = case.id in one.waits_for
        found.append(Sibling(title, stands_at(one), waits))
    return found


def colleagues(task: Task, staff: Staff) -> list[Staff]:
    """Who in the department may take a task over, the asker left out."""
    return [
        one
        for one in staff_of(task.department).exclude(pk=staff.pk)
        if holds(one, "cases.claim", department=task.department, service=task.case.what)
    ]


def rating_of(case: Case) -> Rating | None:
    """How the applicant rated a case."""
    return Rating.objects.filter(case=case).first()


def limits(case: Case) -> list[Limit]:
    """The limits of a case and of its whole matter, explained."""
    clocks = Clock.objects.filter(Q(case=case.id) | Q(case=case.root_id, kind=Clock.Kind.JOINT))
    order = [Clock.Kind.PROMISED, Clock.Kind.STATUTORY, Clock.Kind.JOINT]
    return [_limit(clock) for clock in sorted(clocks, key=lambda one: order.index(one.kind))]


def _limit(clock: Clock) -> Limit:
    still = clock.paused_on is not None and clock.stopped_on is None
    count: Count = "natural" if clock.count == "natural" else "working"
    left = clock.left if still and clock.left is not None else 0
    if not still:
        left = days_left(clock.due_on, count)
    titles = {
        Clock.Kind.STATUTORY: gettext("The law allows"),
        Clock.Kind.PROMISED: gettext("We promised"),
        Clock.Kind.JOINT: gettext("The whole matter"),
    }
    return Limit(
        clock.case_id, clock.kind, titles[Clock.Kind(clock.kind)], clock.due_on, left, count,
        _days(clock.days, count), still, clock.stopped_on is not None,
        _days(clock.extended, count) if clock.extended else "",
    )  # fmt: skip


def used_of(root: Case) -> Used | None:
    """How much of the limit of a whole matter is used; None before it was sent."""
    clock = root.clocks.filter(kind=Clock.Kind.JOINT).first()
    if clock is None:
        return None
    until = clock.stopped_on or moment.today()
    count: Count = "natural" if clock.count == "natural" else "working"
    days = work_calendar(current()).between(clock.started_on, until, count)
    return Used(days, clock.days + clock.extended, clock.due_on, clock.stopped_on is not None)


def _days(days: int, count: str) -> str:
    if count == "working":
        words = ngettext("%(days)d working day", "%(days)d working days", days)
    else:
        words = ngettext("%(days)d day", "%(days)d days", days)
    return words % {"days": days}


def people_by_item(since: datetime) -> dict[str, int]:
    """How many different people sent each item since then."""
    sent = Case.objects.filter(kind="service", submitted_at__gte=since)
    counted = sent.values_list("what").annotate(people=Counted("applicant", distinct=True))
    return dict(counted.order_by())
