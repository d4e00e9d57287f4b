"""A project that passes stages: begun, its stages begun, withdrawn half way, taken up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import NewFact, NewMember, discard_draft, put_facts, put_members
from yiwang.cases.actions import withdraw as withdraw_case
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case
from yiwang.cases.states import ENDED, State
from yiwang.identity.models import Person
from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record
from yiwang.pack.queries import current
from yiwang.registers.grants import basis_text
from yiwang.rules import Column
from yiwang.services.actions.draft import start
from yiwang.services.course import stage_of
from yiwang.services.declarations import Course
from yiwang.services.gather import gather
from yiwang.services.models import Project, ProjectStage
from yiwang.services.plan import Plan
from yiwang.services.projects import WITHDRAWN, Standing, own_project, project_of, standing

FROM_PROJECT = Text(
    zh="这是项目的第 {place} 阶段「{title}」，请到「我的项目」，从项目页面开始，"
    "已有的资料会自动带过来。",
    en="This is stage {place} of a project, “{title}”. Begin it from the page of your project; "
    "what is known comes along.",
)
NOT_YET = Text(
    zh="还不能开始：要等「{titles}」办好。它们办好后这里就能开始。",
    en="This cannot begin yet: it needs “{titles}” first.",
)
NOT_AGAIN = Text(
    zh="这个阶段已经开始过了，请打开它的办件继续。",
    en="This stage has begun already. Open its matter and go on there.",
)
NOT_ALONE = Text(
    zh="「{title}」已经办好、正在办理，或者和所在阶段一起申请，不用单独申请。",
    en="“{title}” is granted, under way, or applied for with its stage; not alone.",
)
OTHER_DRAFT = Text(
    zh="另一个项目的同一阶段或事项还没提交（{number}）。请先提交或丢弃它。",
    en="The same of another project is not sent yet ({number}). Send or discard it first.",
)
RUNNING = Text(zh="项目正在进行，不用重新启动。", en="The project is running already.")


@transaction.atomic
def begin(kind: str, what: str, role: str, *, person: Person, by: Actor, **more: Any) -> Case:
    """Open a draft: for the first stage of a course with a project of its own, for anything else
    as `start` does. Raises Refusal for a later stage, which begins from its project."""
    found = stage_of(current(), kind, what)
    if found and (kind == "service" or found[1] > 0):
        course, place = found
        title = course.stages[place].title
        raise Refusal(FROM_PROJECT.filled(place=place + 1, title=title))
    root = start(kind, what, role, person=person, by=by, **more)
    if found and project_of(root.id) is None:
        project = Project.objects.create(course=found[0].id, number=root.number)
        ProjectStage.objects.create(project=project, place=0, root=root)
        _record("project.begun", project, root, by, place=0)
    return root


@transaction.atomic
def begin_item(reference: str, what: str, *, person: Person, by: Actor) -> Case:
    """Open the draft of one item of a stage that is over, alone; the code is known, registers tell
    the rest. Raises Refusal where the item is granted, under way, or needs another first."""
    project = own_project(reference, person.id)
    roots.locked_own_root(project.number, person.id)
    project.refresh_from_db()
    now = standing(project)
    if what not in now.plan.items:
        raise NoSuchCase()
    case = now.cases.get(what)
    if case is not None and case.is_root and State(case.state) == State.DRAFT:
        return case
    if project.state != Project.State.RUNNING:
        raise Refusal(WITHDRAWN)
    if not now.may_apply(what):
        raise Refusal(_why_not(now, what))
    root = _started(project, ("service", what), now.plan.place_of[what], now, person=person, by=by)
    _record("project.item_begun", project, root, by, item=what)
    return root


def _why_not(now: Standing, what: str) -> Text:
    if missing := now.lacking(what):
        return NOT_YET.filled(titles=_together(now, missing))
    return NOT_ALONE.filled(title=now.plan.items[what].service.title)


def _together(now: Standing, items: Iterable[str]) -> Text:
    titles = [now.plan.items[id].service.title for id in items]
    return Text(zh="、".join(one.zh for one in titles), en=", ".join(one.en for one in titles))


def _started(
    project: Project, matter: tuple[str, str], place: int, now: Standing, **who: Any
) -> Case:
    """The draft of a stage or item (kind, id), which belongs to the project and knows what it
    knows."""
    firm = {"firm": now.first.organisation_id} if now.first.organisation_id else {}
    root = start(*matter, now.first.applicant_role, **who, **firm)
    if (other := project_of(root.id)) is not None and other.id != project.id:
        raise Refusal(OTHER_DRAFT.filled(number=root.number))
    ProjectStage.objects.get_or_create(root=root, defaults={"project": project, "place": place})
    _tell_what_is_known(root, now, who["by"])
    return root


@transaction.atomic
def begin_stage(reference: str, place: int, *, person: Person, by: Actor) -> Case:
    """Open the draft of a later stage: the code is known, registers tell the rest, and what was
    said in earlier stages is taken along."""
    project = own_project(reference, person.id)
    roots.locked_own_root(project.number, person.id)
    project.refresh_from_db()
    now = standing(project)
    if open_ := _open(now, place):
        return open_
    _must_be_free(now, place)
    root = _started(
        project, ("bundle", now.plan.stages[place].id), place, now, person=person, by=by
    )
    _record("project.stage_begun", project, root, by, place=place)
    return root


def _open(now: Standing, place: int) -> Case | None:
    root = now.begun.get(place)
    return root if root is not None and State(root.state) == State.DRAFT else None


def _must_be_free(now: Standing, place: int) -> None:
    if now.project.state != Project.State.RUNNING:
        raise Refusal(WITHDRAWN)
    if missing := now.missing(place):
        raise Refusal(NOT_YET.filled(titles=_together(now, missing)))
    if not now.may_begin(place):
        raise Refusal(NOT_AGAIN)


def _tell_what_is_known(root: Case, now: Standing, by: Actor) -> None:
    """The code first; then registers; then what the applicant said before and nobody else tells."""
    course = now.plan.course
    put_members(root, [NewMember(course.party, 0, None, True, "register")])
    code = NewFact(
        course.party, 0, course.code, now.project.code, source="case", source_id=now.first.number
    )
    put_facts(root, [code])
    matter = gather(root, by=by)
    new = {}
    for earlier in now.roots:
        for fact in roots.facts_now(earlier.id):
            key = (fact.role, fact.index, fact.element, fact.for_item)
            if fact.source == "person" and key not in matter.facts and _carried(matter.plan, fact):
                new[key] = NewFact(*key[:3], fact.value, source="person", source_id=earlier.number)
    put_facts(root, list(new.values()))
    gather(root, by=by)


def _carried(plan: Plan, fact: Any) -> bool:
    """Whether a value said in an earlier stage is read in this one and may be taken along."""
    column = Column(fact.role, fact.element)
    element = plan.elements.get(fact.element)
    asked = element is not None and element.ask is not None and element.format != "consent"
    anew = any(one == column for _, one in plan.anew)
    return asked and column in plan.needed_by and not fact.for_item and not anew


@transaction.atomic
def withdraw_project(reference: str, *, person: Person, words: str, by: Actor) -> Project:
    """Stop a project half way: what is not decided yet is taken back, drafts are discarded, what
    was granted stands."""
    project = own_project(reference, person.id)
    roots.locked_own_root(project.number, person.id)
    project.refresh_from_db()
    if project.state != Project.State.RUNNING:
        raise Refusal(WITHDRAWN)
    now = standing(project)
    for root in now.roots:
        if State(root.state) == State.DRAFT:
            discard_draft(root.id, by=by)
        elif any(State(one.state) not in ENDED for one in roots.items(root)):
            withdraw_case(root.id, person=person.id, words=words, by=by)
    project.state, project.withdrawn_at = Project.State.WITHDRAWN, moment.now()
    project.save(update_fields=["state", "withdrawn_at"])
    _record("project.withdrawn", project, now.first, by, words=words)
    return project


@transaction.atomic
def take_up_project(reference: str, *, person: Person, by: Actor) -> Project:
    """Go on with a project that was withdrawn; its stages can begin again."""
    project = own_project(reference, person.id)
    root = roots.locked_own_root(project.number, person.id)
    project.refresh_from_db()
    if project.state == Project.State.RUNNING:
        raise Refusal(RUNNING)
    project.state, project.withdrawn_at = Project.State.RUNNING, None
    project.save(update_fields=["state", "withdrawn_at"])
    _record("project.taken_up", project, root, by)
    return project


def _record(what: str, project: Project, root: Case, by: Actor, **body: Any) -> None:
    course = current().all(Course).get(project.course)
    record(
        what, by=by, about=[root.applicant_id], case=root.id, root=root.id,
        basis=basis_text(course.basis).zh if course else "",
        body={"project": project.code or project.number, **body},
    )  # fmt: skip
