"""Every read of projects: whose, which stages began, what stands before the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from yiwang.cases import roots
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case
from yiwang.cases.states import ENDED, Outcome, State
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import at as pack_at
from yiwang.services.course import CoursePlan, course_plan
from yiwang.services.models import Project, ProjectStage

WITHDRAWN = Text(
    zh="项目已撤回。要继续，请先在项目页面点“重新启动项目”。",
    en="The project was withdrawn. Take it up again on its page first.",
)


@dataclass(frozen=True)
class Standing:
    """A project with the newest case of each stage that began and the cases of its items.

    `roots` are all its cases: of stages, and of items applied for alone.
    """

    project: Project
    first: Case
    plan: CoursePlan
    roots: tuple[Case, ...]
    begun: Mapping[int, Case]
    cases: Mapping[str, Case]

    @cached_property
    def granted(self) -> frozenset[str]:
        """Items granted so far."""
        return frozenset(id for id, one in self.cases.items() if one.outcome == Outcome.GRANTED)

    def missing(self, place: int) -> tuple[str, ...]:
        """Items of earlier stages that a stage waits for; those a stage left out are not missed."""
        return tuple(id for id in self.plan.needs(place) if not self._there(id))

    def _there(self, id: str) -> bool:
        root = self.begun.get(self.plan.place_of[id])
        left_out = root is not None and root.submitted_at is not None and id not in self.cases
        return id in self.granted or left_out

    def may_begin(self, place: int) -> bool:
        """Whether a stage can begin now: nothing missing, not begun or withdrawn as a whole."""
        if self.project.state != Project.State.RUNNING or self.missing(place):
            return False
        root = self.begun.get(place)
        if root is None:
            return True
        ids = {item.id for item in self.plan.stages[place].items}
        return State(root.state) in ENDED and not ids & self.granted

    def lacking(self, id: str) -> tuple[str, ...]:
        """Items whose grant an item needs and that are not there yet."""
        needed = {wait.after for wait in self.plan.waits if wait.item == id}
        return tuple(one for one in self.plan.items if one in needed and not self._there(one))

    def may_apply(self, id: str) -> bool:
        """Whether an item can be applied for alone now: its stage came to an end and gave others
        but not this one, which was withdrawn or refused."""
        place = self.plan.place_of[id]
        root, case = self.begun.get(place), self.cases.get(id)
        over = root is not None and State(root.state) in ENDED and not self.may_begin(place)
        lost = case is not None and State(case.state) in ENDED and id not in self.granted
        running = self.project.state == Project.State.RUNNING
        return running and over and lost and not self.lacking(id)


def project_called(reference: str) -> Project:
    """A project by its code or number, whoever's; NoSuchCase where there is none."""
    wanted = reference.strip().upper()
    found = Project.objects.filter(code=wanted) | Project.objects.filter(number=wanted)
    project = found.first()
    if project is None:
        raise NoSuchCase()
    return project


def own_project(reference: str, person: UUID) -> Project:
    """A project of this person (or of a firm they act for); NoSuchCase otherwise."""
    project = project_called(reference)
    roots.own_root(project.number, person)
    return project


def project_of(root: UUID) -> Project | None:
    """The project a root case is a stage of; None where it is none."""
    found = ProjectStage.objects.select_related("project").filter(root=root).first()
    return found.project if found else None


def projects_among(cases: Collection[UUID]) -> list[Project]:
    """The projects whose stages are among these root cases, the newest first."""
    found = Project.objects.filter(stages__root__in=cases).distinct()
    return list(found.order_by("-begun_at"))


def standing(project: Project) -> Standing:
    """How a project stands, by the pack its first stage pinned."""
    first = roots.numbered(project.number)
    rows = ProjectStage.objects.filter(project=project).order_by("place", "begun_at")
    rows = list(rows.select_related("root"))
    begun = {row.place: row.root for row in rows if row.root.kind == "bundle"}
    cases = {case.what: case for case in _items(row.root for row in rows)}
    plan = course_plan(_pack(first), project.course)
    return Standing(project, first, plan, tuple(row.root for row in rows), begun, cases)


def _items(of: Iterable[Case]) -> list[Case]:
    """The items of all stages, older first, the granted ones last: those count."""
    found = []
    for root in of:
        for case in roots.items(root):
            case.root = root
            found.append(case)
    return sorted(found, key=lambda case: (case.outcome == Outcome.GRANTED, case.created_at))


def _pack(first: Case) -> Pack:
    return pack_at(first.pack)


def concerns(found: Standing, staff: Staff) -> bool:
    """Whether a member of staff works for a department of the project and may see its items."""
    plan = found.plan
    leads = {plan.course.lead, *(stage.lead for stage in plan.stages)}
    if staff.department in leads and holds(staff, "worklist.view"):
        return True
    return any(
        item.service.department == staff.department
        and holds(staff, "worklist.view", department=staff.department, service=item.id)
        for item in plan.items.values()
    )


def name_of(project: Project, plan: CoursePlan, first: Case) -> str:
    """What the project is called, as the first stage knows it; empty before it was said."""
    course = plan.course
    for fact in roots.facts_now(first.id):
        if (fact.role, fact.element) == (course.party, course.name):
            return str(fact.value or "")
    return ""


def must_run(root: Case) -> None:
    """Raise Refusal where a root is a stage of a project that was withdrawn."""
    project = project_of(root.id)
    if project is not None and project.state != Project.State.RUNNING:
        raise Refusal(WITHDRAWN)
