"""Conditions, documents and the reasons why a person decides, in words for the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.cases.panels import Askable, Ground
from yiwang.kernel.words import spoken
from yiwang.registers.grants import basis_text
from yiwang.rules import Column, Rule, Verdict
from yiwang.services.item import Check
from yiwang.services.matter import PaperStanding, Standing
from yiwang.services.pages.clearance import Clearance, Shown
from yiwang.services.pages.naming import titled
from yiwang.services.plan import EXISTS

TONES = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True)
class Clause:
    """One clause of a rule: its words, its value, what it read."""

    words: str
    tone: str
    read: tuple[Shown, ...]


@dataclass(frozen=True)
class Demand:
    """One of the things a rule wants, all of which must be so; its clauses say why it is."""

    words: str
    tone: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Judged:
    """One condition: its title, whether it is met, its law, and what must all be so."""

    title: str
    tone: str
    law: str
    parts: tuple[Demand, ...]


@dataclass(frozen=True)
class Document:
    """One document: how it is had, and where to open it."""

    title: str
    how: str
    tone: str
    url: str = ""


def conditions(seen: Clearance, standing: Standing) -> tuple[Judged, ...]:
    """Every condition with its value and, clause by clause, why."""
    return tuple(_judged(seen, check, verdict) for check, verdict in standing.checks)


def _judged(seen: Clearance, check: Check, verdict: Verdict) -> Judged:
    return Judged(
        title=str(check.declared.title),
        tone=TONES[verdict.value],
        law=str(basis_text(check.declared.basis)),
        parts=tuple(_demand(seen, part) for part in check.rule.parts()),
    )


def _demand(seen: Clearance, part: Rule) -> Demand:
    verdict = part.decide(seen.env, on=seen.matter.on)
    clauses = tuple(
        Clause(one.in_words(spoken()), TONES[one.value], _read(seen, one.columns))
        for one in verdict.clauses
    )
    return Demand(part.in_words(spoken()), TONES[verdict.value], clauses)


def _read(seen: Clearance, columns: Iterable[Column]) -> tuple[Shown, ...]:
    return seen.of_columns(column for column in columns if column.element != EXISTS)


def grounds(standing: Standing) -> tuple[Ground, ...]:
    """The conditions a refusal may name."""
    return tuple(
        Ground(check.declared.id, check.declared.title, basis_text(check.declared.basis),
               verdict.value)
        for check, verdict in standing.checks
    )  # fmt: skip


# ---- documents ---------------------------------------------------------------------------------


def documents(seen: Clearance, standing: Standing) -> tuple[Document, ...]:
    """Every document the item needs or may need, and how it is had."""
    return tuple(_document(seen, paper) for paper in standing.papers if paper.needed is not False)


def _document(seen: Clearance, paper: PaperStanding) -> Document:
    title = paper_title(seen, paper)
    if paper.had == "licence":
        number = gettext("Licence held, number %(number)s") % {"number": paper.reference}
        return Document(title, number, "true")
    if paper.had == "file":
        url = reverse("files:at_desk", args=[paper.reference])
        return Document(title, gettext("File handed in; look at it"), "unknown", url)
    if paper.had == "later":
        source = seen.matter.plan.by_id[paper.reference].service.title
        return Document(title, gettext("Comes from “%(item)s”") % {"item": source}, "unknown")
    if paper.needed is None:
        return Document(title, gettext("Not clear yet whether it is needed"), "unknown")
    return Document(title, gettext("Missing"), "false")


def paper_title(seen: Clearance, paper: PaperStanding) -> str:
    """The title of a document; for one of several children, whose it is."""
    title = str(paper.paper.declared.title)
    if len(seen.matter.indexes(paper.paper.role)) < 2:
        return title
    return f"{title} · {titled(seen.matter, paper.paper.role, paper.index)}"


# ---- what may be asked for ---------------------------------------------------------------------


def askables(seen: Clearance, standing: Standing) -> tuple[Askable, ...]:
    """Documents and values the applicant can be asked for; missing and uncertain ones first."""
    papers = [_ask_paper(seen, one) for one in standing.papers
              if one.needed is not False and one.paper.declared.upload]  # fmt: skip
    doubtful = {(column, at) for column, at, _ in seen.uncertain()}
    missing = seen.matter.leaves(standing.missing)
    facts = []
    for column in sorted(seen.matter.leaves(seen.item.needs())):
        if column.element == EXISTS or seen.matter.plan.elements[column.element].ask is None:
            continue
        if column in seen.matter.plan.outputs:
            continue
        for at in seen.matter.indexes_for(seen.item, column.party, seen.index):
            lacking = column in missing and seen.key_of(column, at) is None
            if lacking or seen.key_of(column, at) is not None:
                facts.append(_ask_fact(seen, column, at, lacking, (column, at) in doubtful))
    return tuple(sorted([*papers, *facts], key=lambda one: not one.suggested))


def _ask_paper(seen: Clearance, paper: PaperStanding) -> Askable:
    key, role = paper.paper.key
    name = f"paper:{key}:{role}:{paper.index}"
    why = gettext("Missing") if paper.open else ""
    return Askable(name, paper_title(seen, paper), why, bool(paper.open and paper.needed))


def _ask_fact(seen: Clearance, column: Column, at: int, missing: bool, doubtful: bool) -> Askable:
    (shown,) = seen.of_columns([column])
    who = titled(seen.matter, column.party, at)
    title = shown.title if not who else f"{who} · {seen.shown(column, at).title}"
    why = gettext("Not known") if missing else gettext("Uncertain") if doubtful else ""
    name = f"fact:{column.party}:{at}:{column.element}"
    return Askable(name, title[:1].upper() + title[1:], why, missing or doubtful)


# ---- why a person ------------------------------------------------------------------------------


def why_here(seen: Clearance, standing: Standing) -> tuple[str, ...]:
    """Why this was not decided at once, most important first."""
    return (
        *_unmet(standing),
        *_papers(seen, standing),
        *_uncertain(seen),
        *_no_instant(seen),
    )


def _unmet(standing: Standing) -> list[str]:
    found = []
    for check, verdict in standing.checks:
        words = {"title": check.declared.title}
        if verdict.value is False:
            found.append(gettext("A condition is not met: %(title)s") % words)
        elif verdict.value is None and not check.declared.on_promise:
            found.append(gettext("Whether a condition is met is not known: %(title)s") % words)
    return found


def _papers(seen: Clearance, standing: Standing) -> list[str]:
    found = []
    for paper in standing.papers:
        words = {"title": paper_title(seen, paper)}
        if paper.had == "file":
            found.append(gettext("A file has to be looked at: %(title)s") % words)
        elif paper.needed is not False and paper.had != "licence":
            found.append(gettext("A document is not there yet: %(title)s") % words)
    return found


def _uncertain(seen: Clearance) -> list[str]:
    found = []
    for column, at, known in seen.uncertain():
        title = seen.shown(column, at).title
        who = titled(seen.matter, column.party, at)
        words = {"title": f"{who} · {title}" if who else title}
        if known.contested:
            found.append(gettext("The applicant contests what a register says: %(title)s") % words)
        else:
            found.append(gettext("A value is only stated, not checked: %(title)s") % words)
    return found


def _no_instant(seen: Clearance) -> list[str]:
    """The first part of the rule for deciding at once that is not true."""
    rule = seen.item.instant
    if rule is None:
        return [gettext("This item is always decided by a person.")]
    for part in rule.parts():
        value = part.value(seen.env, on=seen.matter.on)
        words = {"rule": part.in_words(spoken())}
        if value is False:
            return [gettext("Not decided at once, because this is not so: %(rule)s") % words]
        if value is None:
            return [gettext("Not known, so not decided at once: %(rule)s") % words]
    return []
