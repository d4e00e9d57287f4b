"""What the guide of a bundle says, and what it shares with the guide of one item. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text, spoken
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.declaration import Basis, Limit
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Section
from yiwang.registers.grants import basis_text
from yiwang.services.course import stage_of
from yiwang.services.declarations import Bundle, Course, Question
from yiwang.services.effort import Took
from yiwang.services.item import Item, Paper
from yiwang.services.pages.effect import EffectTable, effect_table
from yiwang.services.plan import EXISTS, Plan, Slot, plan_of


@dataclass(frozen=True)
class Counted:
    """How many questions of a section are asked at most."""

    title: Text
    count: int


@dataclass(frozen=True)
class Needed:
    """A document: of whom, how it is usually had, when it is needed, why."""

    title: Text
    how: str
    only_if: str = ""
    why: Text | None = None
    upload: bool = False


@dataclass(frozen=True)
class PaperGroup:
    """Documents that come in the same way."""

    title: str
    papers: tuple[Needed, ...]


@dataclass(frozen=True)
class Stage:
    """One item in the schedule: who decides it, in how many days, by which day, after what."""

    id: str
    title: Text
    summary: Text
    office: Text
    days: int
    by_day: int
    after: tuple[Text, ...]
    gives: Text
    visits: int
    at_once: bool


@dataclass(frozen=True)
class BundleGuide:
    """Everything a bundle's guide shows; `nth` counts the stages of its course, if it is one."""

    id: str
    title: Text
    summary: Text
    promise: Limit
    applicants: tuple[tuple[str, Text], ...]
    lead: Department
    sections: tuple[Counted, ...]
    told: int
    papers: tuple[PaperGroup, ...]
    usual_uploads: int
    stages: tuple[tuple[Stage, ...], ...]
    effect: EffectTable
    questions: tuple[Question, ...]
    course: Course | None = None
    nth: int = 0

    @property
    def later(self) -> bool:
        """Whether it is begun from the page of a project, not from here."""
        return self.nth > 1

    @property
    def asked(self) -> int:
        """How many questions are asked at most, the registers having answered."""
        return sum(one.count for one in self.sections)

    @property
    def results(self) -> tuple[Stage, ...]:
        """Every item, in order."""
        return tuple(stage for level in self.stages for stage in level)


def bundle_guide(pack: Pack, bundle: Bundle, took: Took | None = None) -> BundleGuide:
    """The guide of a bundle, worked out from its items; `took` is what it took in fact."""
    plan = plan_of(pack, bundle.id, "bundle")
    asked, told = asked_and_told(plan)
    papers = papers_of(plan)
    course, place = stage_of(pack, "bundle", bundle.id) or (None, -1)
    return BundleGuide(
        id=bundle.id,
        title=bundle.title,
        summary=bundle.summary,
        promise=bundle.promise,
        applicants=who_applies(plan),
        lead=pack.get(Department, bundle.lead),
        sections=_sections(plan, asked),
        told=len(told),
        papers=grouped(papers),
        usual_uploads=_usual(papers),
        stages=tuple(tuple(_stage(plan, id) for id in level) for level in plan.levels),
        effect=effect_table(plan, took),
        questions=bundle.questions,
        course=course,
        nth=place + 1,
    )


def law_in_words(basis: Basis) -> str:
    """A law with its article and what it says, in the language spoken."""
    named = str(basis_text(basis))
    if not basis.says:
        return named
    return f"{named}：{basis.says}" if spoken() == "zh" else f"{named}: {basis.says}"


def who_applies(plan: Plan) -> tuple[tuple[str, Text], ...]:
    """The roles that may apply, with their titles."""
    return tuple((role, plan.parties[role].title) for role in plan.applicant)


def asked_and_told(plan: Plan) -> tuple[list[Slot], list[Slot]]:
    """Questions a person is asked even if registers answer; those registers usually answer.

    Names and numbers of who applies come with the sign-in.
    """
    asked, told = [], []
    for slot in plan.slots:
        known = slot.column in plan.told or _signed_in(plan, slot)
        known |= slot.column.element == EXISTS and bool(plan.findings(slot.column.party))
        (told if known else asked).append(slot)
    return asked, told


def _signed_in(plan: Plan, slot: Slot) -> bool:
    column = slot.column
    known = ("name", "id_number", "credit_code", "org_name")
    return column.party == plan.applicant[0] and column.element in known


def _sections(plan: Plan, slots: Sequence[Slot]) -> tuple[Counted, ...]:
    counts = Counter(plan.section_of(slot.column) for slot in slots)
    titles = plan.pack.all(Section)
    return tuple(Counted(titles[id].title, counts[id]) for id in titles if counts[id])


def papers_of(plan: Plan) -> tuple[Needed, ...]:
    """Every document the plan may need."""
    found = []
    for key, uses in plan.papers.items():
        found.append(_paper(plan, key, [paper for _, paper in uses]))
    return tuple(found)


def _paper(plan: Plan, key: tuple[str, str], papers: Sequence[Paper]) -> Needed:
    paper = papers[0]
    declared = paper.declared
    kind = plan.pack.all(LicenceKind).get(declared.licence or "")
    if key in plan.issued:
        how = gettext("Nothing to do: it is issued on the way")
    elif kind:
        how = gettext("From your wallet, if it is there; otherwise a photo")
    elif declared.upload:
        how = gettext("A photo or a file")
    else:
        how = gettext("On paper: bring it to the counter, or send it by post")
    always = any(one.when is None and one.waived_if is None for one in papers)
    return Needed(
        title=declared.title,
        how=how,
        only_if="" if always else _only_if(paper),
        why=declared.why,
        upload=kind is None and key not in plan.issued,
    )


def _only_if(paper: Paper) -> str:
    said = []
    if paper.when:
        said.append(gettext("Only if: %(rule)s") % {"rule": paper.when.in_words(spoken())})
    if paper.waived_if:
        rule = paper.waived_if.in_words(spoken())
        said.append(gettext("Not needed if: %(rule)s") % {"rule": rule})
    return gettext("; ").join(said)


def grouped(papers: Sequence[Needed]) -> tuple[PaperGroup, ...]:
    """What is always given by hand, what is found, and what only some cases want."""
    always = tuple(paper for paper in papers if paper.upload and not paper.only_if)
    found = tuple(paper for paper in papers if not paper.upload and not paper.only_if)
    some = tuple(paper for paper in papers if paper.only_if)
    groups = (
        PaperGroup(gettext("You always give"), always),
        PaperGroup(gettext("Found for you"), found),
        PaperGroup(gettext("Only in some cases"), some),
    )
    return tuple(group for group in groups if group.papers)


def _usual(papers: Sequence[Needed]) -> int:
    """Uploads nothing can spare a person: no licence, no condition."""
    return sum(paper.upload and not paper.only_if for paper in papers)


def _stage(plan: Plan, id: str) -> Stage:
    item = plan.by_id[id]
    after = tuple(plan.by_id[wait.after].service.title for wait in plan.waits if wait.item == id)
    return Stage(
        id=id,
        title=item.service.title,
        summary=item.service.summary,
        office=plan.pack.get(Department, item.service.department).short,
        days=item.limit.days,
        by_day=plan.days[id],
        after=after,
        gives=gives(item),
        visits=item.service.visits,
        at_once=item.instant is not None,
    )


def gives(item: Item) -> Text:
    """What people get."""
    return item.service.result.title or item.service.title
