"""The summary before sending: every value, every item, every document, and what stands open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text, spoken
from yiwang.registers.declarations import Section
from yiwang.rules import Column
from yiwang.services.asking import open_papers, open_questions, section_of
from yiwang.services.matter import COUNT, Ask, Matter, Member, PaperStanding, Standing
from yiwang.services.pages.known import row_of
from yiwang.services.pages.naming import called, title_of, titled
from yiwang.services.pages.questions import awaited
from yiwang.services.plan import EXISTS
from yiwang.services.summary import lines
from yiwang.ui.parts import Row

How = Literal["ready", "doubtful", "out", "open"]

SAID = ("stated", "confirmed")  # by the applicant; the second also by that person


@dataclass(frozen=True)
class Group:
    """One section: what the person said, and what is known without asking."""

    title: Text
    rows: tuple[Row, ...]
    known: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """One item: whether it will be sent, and what stands against it.

    `ready`: nothing against it; `doubtful`: conditions not met; `out`: left out; `open`: not
    known yet.
    """

    title: str
    office: Text
    how: How
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperLine:
    """One document: how it is had."""

    title: str
    how: str
    url: str = ""
    file_url: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Summary:
    """Everything the page before sending shows."""

    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    papers: tuple[PaperLine, ...]
    questions_open: int
    papers_open: int
    awaited: tuple[Text, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask or to give."""
        return not self.questions_open and not self.papers_open


def summary(matter: Matter, number: str) -> Summary:
    """The summary of a draft as it stands."""
    return Summary(
        groups=_groups(matter, number),
        parts=tuple(_part(matter, standing) for standing in matter.standings),
        papers=_papers(matter, number),
        questions_open=len(open_questions(matter)),
        papers_open=len(open_papers(matter)),
        awaited=awaited(matter),
    )


def _groups(matter: Matter, number: str) -> tuple[Group, ...]:
    said: dict[str, list[Row]] = {}
    known: dict[str, list[Row]] = {}
    for member in matter.members:
        if (ask := _stated(matter, member)) is not None:
            said.setdefault(section_of(matter, ask), []).append(_who(matter, member, ask, number))
    for line in lines(matter):
        own = line.known.source == "person" or line.known.contested
        rows = said if own else known
        rows.setdefault(line.section, []).append(row_of(matter, line, number))
    return tuple(
        Group(section.title, tuple(said.get(id, ())), tuple(known.get(id, ())))
        for id, section in matter.plan.pack.all(Section).items()
        if id in said or id in known
    )


def _stated(matter: Matter, member: Member) -> Ask | None:
    """Whether somebody takes part, and how many there are, where the person said so."""
    party = matter.plan.parties.get(member.role)
    if party is None or member.index or member.tied not in SAID:
        return None
    if party.optional and party.exists:
        return Ask(Column(member.role, EXISTS), 0)
    return Ask(Column(member.role, COUNT), 0) if party.many and party.how_many else None


def _who(matter: Matter, member: Member, ask: Ask, number: str) -> Row:
    if ask.column.element == COUNT:
        value = str(len(matter.indexes(member.role)))
    else:
        value = gettext("Yes") if member.exists else gettext("No")
    return Row(title_of(matter, ask), value, reverse("services:change", args=[number, ask.name]))


def _part(matter: Matter, standing: Standing) -> Part:
    item = standing.item
    title = str(item.service.title)
    if item.per and len(matter.indexes(item.per)) > 1:
        who = called(matter, item.per, standing.index)
        title = gettext("%(what)s (%(who)s)") % {"what": title, "who": who}
    office = matter.plan.pack.get(Department, item.service.department).short
    if standing.applies is None:
        return Part(title, office, "open")
    if standing.applies is False:
        rule = item.when.in_words(spoken()) if item.when else ""
        reason = gettext("It would be needed only if: %(rule)s") % {"rule": rule}
        return Part(title, office, "out", (reason,))
    unmet = tuple(str(check.declared.when_unmet) for check in standing.unmet)
    return Part(title, office, "doubtful" if unmet else "ready", unmet)


def _papers(matter: Matter, number: str) -> tuple[PaperLine, ...]:
    found: dict[tuple[str, str, int], PaperLine] = {}
    for standing in matter.standings:
        for paper in standing.papers:
            if paper.needed:
                key = (paper.paper.key[0], paper.paper.role, paper.index)
                found.setdefault(key, paper_line(matter, paper, number))
    return tuple(found.values())


def paper_line(matter: Matter, paper: PaperStanding, number: str) -> PaperLine:
    """How one document is had, in words."""
    title = str(paper.paper.declared.title)
    if len(matter.indexes(paper.paper.role)) > 1:
        who = titled(matter, paper.paper.role, paper.index)
        title = gettext("%(what)s (%(who)s)") % {"what": title, "who": who}
    papers = reverse("services:papers", args=[number])
    if paper.had == "licence":
        return PaperLine(title, gettext("In the wallet, nothing to upload"))
    if paper.had == "later":
        from_ = matter.plan.by_id[paper.reference].service.title
        return PaperLine(title, gettext("Comes from “%(item)s” on the way") % {"item": from_})
    if paper.had == "file":
        file = reverse("files:my", args=[paper.reference])
        return PaperLine(title, gettext("Your file"), url=papers, file_url=file)
    if paper.paper.declared.upload is None:
        return PaperLine(title, gettext("The office looks for it"))
    return PaperLine(title, gettext("Not given yet"), url=papers, missing=True)
