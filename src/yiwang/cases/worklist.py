"""The worklist of one member of staff: which tasks, how many, most urgent first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet

from yiwang.cases.calendar import days_left, work_calendar
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Progress, Verb
from yiwang.cases.tasks import LIVE
from yiwang.identity.models import Staff
from yiwang.identity.permissions import services_of
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.ui.formats import masked_name

PAGE = 50
SOON = 3  # working days
TABS = ("open", "mine", "colleagues", "done")
DUES = ("late", "today", "soon")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: tab, urgency, verb, item, words to find, page."""

    tab: str = "open"
    due: str = ""
    verb: str = ""
    what: str = ""
    find: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wanted:
        """From an address; what makes no sense in it is left out."""
        page = query.get("page", "")
        tab, due, verb = query.get("tab", ""), query.get("due", ""), query.get("verb", "")
        return cls(
            tab=tab if tab in TABS else "open",
            due=due if due in DUES else "",
            verb=verb if verb in Verb.values else "",
            what=query.get("what", "")[:64],
            find=query.get("find", "").strip()[:40],
            page=int(page) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1,
        )

    def query(self, **changed: Any) -> str:
        """The address of the same list with something changed; its first page."""
        new = replace(self, **({"page": 1} | changed))
        parts = {name: value for name, value in vars(new).items() if value}
        if new.page == 1:
            parts.pop("page")
        return "?" + urlencode(parts)

    @property
    def here(self) -> str:
        """The address of this very page of the list."""
        return self.query(page=self.page)

    @property
    def no_due(self) -> str:
        """The address of the list without the choice of urgency."""
        return self.query(due="")

    @property
    def by_due(self) -> dict[str, str]:
        """The addresses of the list cut to one urgency."""
        return {due: self.query(due=due) for due in DUES}


@dataclass(frozen=True)
class Line:
    """One task of the list. `left` are working days until it is due, None without a day."""

    task: Task
    title: Text
    whose: str
    left: int | None

    @property
    def tone(self) -> str:
        """How it stands out: `late`, `urgent` (today), else `calm`."""
        if self.left is None or self.left > 0:
            return "calm"
        return "late" if self.left < 0 else "urgent"


@dataclass(frozen=True)
class Worklist:
    """One page of the list with the counts beside it."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def reachable(staff: Staff) -> QuerySet[Task]:
    """Tasks of the member's department in the items their roles reach."""
    tasks = Task.objects.filter(department=staff.department)
    services = services_of(staff, "worklist.view")
    return tasks if services is None else tasks.filter(case__what__in=services)


def worklist(staff: Staff, wanted: Wanted) -> Worklist:
    """The tasks asked for, most urgent first: two queries, whatever the length of the list."""
    on = moment.today()
    tasks = reachable(staff)
    live, narrowed = Q(state__in=LIVE), _narrowed(wanted)
    tab = _tab(wanted.tab, staff, on)
    scope = tasks.filter(live | tab) if wanted.tab == "done" else tasks.filter(live)
    counts = scope.aggregate(
        **{name: Count("id", filter=_tab(name, staff, on)) for name in TABS if name != "done"},
        **{name: Count("id", filter=tab & narrowed & _due(name, on)) for name in DUES},
        total=Count("id", filter=tab & narrowed & _due(wanted.due, on)),
    )
    found = _rows(tasks.filter(tab & narrowed & _due(wanted.due, on)), wanted.tab)
    first = (wanted.page - 1) * PAGE
    rows = found[first : first + PAGE]
    return Worklist(tuple(line(task) for task in rows), counts, counts["total"])


def line(task: Task) -> Line:
    """A task as the list shows it."""
    left = None if task.due_on is None else days_left(task.due_on)
    title = procedure_of(task.case).title(task.case)
    return Line(task, title, listed_name(task.case), left)


def listed_name(case: Case) -> str:
    """Who applied, as a list shows it: a firm by its name, a person's name masked."""
    return case.organisation.name if case.organisation else masked_name(case.applicant.name)


def services_in(staff: Staff) -> list[tuple[str, Text]]:
    """The items that have a live task here, with their titles: what the list can be cut to."""
    one_each = reachable(staff).filter(state__in=LIVE).order_by("case__what").distinct("case__what")
    cases = [task.case for task in one_each.select_related("case__root")]
    return [(case.what, procedure_of(case).title(case)) for case in cases]


def next_task(staff: Staff, *, after: Task | None = None) -> Task | None:
    """The most urgent task this member could take up next: first what they have in hand."""
    mine = Q(state=Progress.CLAIMED, assignee=staff)
    tasks = reachable(staff).filter(mine | Q(state=Progress.OPEN))
    if after is not None:
        tasks = tasks.exclude(pk=after.pk)
    by_urgency = ("-in_hand", F("due_on").asc(nulls_last=True), "opened_at", "id")
    return tasks.annotate(in_hand=mine).select_related("case__root").order_by(*by_urgency).first()


def live_counts(on: date) -> list[dict[str, Any]]:
    """Per department: tasks to do, in hand, late. No person's data."""
    live = Task.objects.filter(state__in=LIVE).exclude(department="")
    return list(
        live.values("department")
        .annotate(
            open=Count("id", filter=Q(state=Progress.OPEN)),
            in_hand=Count("id", filter=Q(state=Progress.CLAIMED)),
            late=Count("id", filter=Q(due_on__lt=on)),
            today=Count("id", filter=Q(due_on=on)),
        )
        .order_by("department")
    )


def _rows(tasks: QuerySet[Task], tab: str) -> QuerySet[Task]:
    found = tasks.select_related("case__root", "case__applicant", "case__organisation", "assignee")
    if tab == "done":
        return found.order_by("-done_at", "id")
    return found.order_by(F("due_on").asc(nulls_last=True), "opened_at", "id")


def _tab(name: str, staff: Staff, on: date) -> Q:
    if name == "mine":
        return Q(state=Progress.CLAIMED, assignee=staff)
    if name == "colleagues":
        return Q(state=Progress.CLAIMED) & ~Q(assignee=staff)
    if name == "done":
        monday = on - timedelta(days=on.weekday())
        begin = datetime.combine(monday, time(), moment.CITY_ZONE)
        return Q(state=Progress.DONE, done_by=str(staff.id), done_at__gte=begin)
    return Q(state=Progress.OPEN)


def _narrowed(wanted: Wanted) -> Q:
    found = Q()
    if wanted.verb:
        found &= Q(verb=wanted.verb)
    if wanted.what:
        found &= Q(case__what=wanted.what)
    if wanted.find:
        found &= Q(case__number__icontains=wanted.find)
    return found


def _due(name: str, on: date) -> Q:
    if name == "late":
        return Q(due_on__lt=on)
    if name == "today":
        return Q(due_on=on)
    if name == "soon":
        return Q(due_on__gt=on, due_on__lte=work_calendar(current()).after(on, SOON, "working"))
    return Q()
