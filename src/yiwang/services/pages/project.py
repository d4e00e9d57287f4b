"""A project as its owner and the departments see it: stages, their items, what waits for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.cases.models import Case
from yiwang.cases.queries import Used, used_of
from yiwang.cases.standing import stands_at, tone_of
from yiwang.cases.states import ENDED, State
from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.services.course import CoursePlan, course_plan
from yiwang.services.declarations import Course
from yiwang.services.models import Project
from yiwang.services.pages.course_map import CourseMap, Mark, course_map
from yiwang.services.projects import Standing, name_of, standing


@dataclass(frozen=True)
class ItemLine:
    """One item: who decides it, how it stands, after what it comes. `draft` and `alone` are the
    numbers of its own matter, where it is applied for alone."""

    id: str
    title: Text
    office: Text
    words: str
    tone: str
    after: tuple[Text, ...]
    may_apply: bool = False
    draft: str = ""
    alone: str = ""


@dataclass(frozen=True)
class StageCard:
    """One stage: how it stands, what it waits for, its items."""

    place: int
    title: Text
    bundle: str
    words: str
    tone: str
    number: str
    draft: bool
    may_begin: bool
    missing: tuple[Text, ...]
    used: Used | None
    promise: int
    items: tuple[ItemLine, ...]

    @property
    def nth(self) -> int:
        """Its number, counted from one."""
        return self.place + 1


@dataclass(frozen=True)
class ProjectPage:
    """Everything the page of a project shows."""

    reference: str
    number: str
    code: str
    name: str
    course: Course
    running: bool
    stages: tuple[StageCard, ...]
    map: CourseMap
    over: bool

    @property
    def may_withdraw(self) -> bool:
        """Whether there is anything left to take back."""
        return self.running and not self.over

    @property
    def alone(self) -> list[ItemLine]:
        """The items that can be applied for alone now."""
        return [line for stage in self.stages for line in stage.items if line.may_apply]

    @property
    def next(self) -> StageCard | None:
        """The stage to begin now."""
        return next((one for one in self.stages if one.may_begin), None)


@dataclass(frozen=True)
class CourseGuide:
    """A course for whoever has no project yet."""

    course: Course
    stages: tuple[StageCard, ...]
    map: CourseMap
    lead: Department


def course_guide(pack: Pack, course: Course) -> CourseGuide:
    """The guide of a course, worked out from its stages."""
    plan = course_plan(pack, course.id)
    stages = tuple(_stage(plan, None, place) for place in range(len(plan.stages)))
    return CourseGuide(course, stages, course_map(plan, {}), pack.get(Department, course.lead))


def project_page(project: Project) -> ProjectPage:
    """A project as it stands now."""
    now = standing(project)
    stages = tuple(_stage(now.plan, now, place) for place in range(len(now.plan.stages)))
    marks = {
        line.id: Mark(line.words, line.tone)
        for stage in stages
        for line in stage.items
        if line.words
    }  # fmt: skip
    return ProjectPage(
        reference=project.code or project.number,
        number=project.number,
        code=project.code or "",
        name=name_of(project, now.plan, now.first),
        course=now.plan.course,
        running=project.state == Project.State.RUNNING,
        stages=stages,
        map=course_map(now.plan, marks),
        over=len(now.begun) == len(stages)
        and all(State(root.state) in ENDED for root in now.roots),
    )


def _stage(plan: CoursePlan, now: Standing | None, place: int) -> StageCard:
    stage = plan.stages[place]
    root = now.begun.get(place) if now else None
    words, tone = _stands(now, root, place)
    missing = now.missing(place) if now else plan.needs(place)
    return StageCard(
        place=place,
        title=plan.course.stages[place].title,
        bundle=stage.id,
        words=words,
        tone=tone,
        number=root.number if root else "",
        draft=root is not None and root.state == State.DRAFT,
        may_begin=now.may_begin(place) if now else False,
        missing=tuple(plan.items[id].service.title for id in missing),
        used=used_of(root) if root else None,
        promise=stage.promise.days,
        items=tuple(_line(plan, now, root, id) for level in stage.levels for id in level),
    )


def _stands(now: Standing | None, root: Case | None, place: int) -> tuple[str, str]:
    if now is None:
        return "", "neutral"
    if root is not None and (root.outcome or root.state != State.WITHDRAWN):
        return str(stands_at(root)), tone_of(root)
    if now.may_begin(place):
        return gettext("Can begin now"), "now"
    return gettext("Not begun"), "neutral"


def _line(plan: CoursePlan, now: Standing | None, root: Case | None, id: str) -> ItemLine:
    service = plan.items[id].service
    offices: Mapping[str, Department] = plan.stages[0].pack.all(Department)
    after = [before for item, before in plan.shown_waits if item == id]
    words, tone = _item_stands(now, root, id)
    case = now.cases.get(id) if now else None
    alone = case if case and case.is_root else None
    return ItemLine(
        id=id,
        title=service.title,
        office=offices[service.department].short,
        words=words,
        tone=tone,
        after=tuple(plan.items[one].service.title for one in after),
        may_apply=now.may_apply(id) if now else False,
        draft=alone.number if alone and State(alone.state) == State.DRAFT else "",
        alone=alone.number if alone and State(alone.state) != State.DRAFT else "",
    )


def _item_stands(now: Standing | None, root: Case | None, id: str) -> tuple[str, str]:
    if now is None:
        return "", "neutral"
    if case := now.cases.get(id):
        return str(stands_at(case)), tone_of(case)
    if root is not None and root.submitted_at is not None:
        return gettext("Not needed here"), "neutral"
    return gettext("Not begun"), "neutral"
