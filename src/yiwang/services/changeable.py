"""What may still be given once a matter was sent."""

from __future__ import annotations

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.services.item import CASE
from yiwang.services.matter import Ask, Matter
from yiwang.services.queries import load


def name_of_ask(ask: Ask) -> str:
    """A value as tasks to supply name it: `fact:ROLE:INDEX:ELEMENT`."""
    return f"fact:{ask.column.party}:{ask.index}:{ask.column.element}"


def changeable(root: Case) -> set[str]:
    """Names of values and papers that may be given now, after sending: what an office asked the
    applicant for, and whatever an item reads that ended without being granted."""
    found = roots.asked_of_applicant(root)
    failed = roots.ended_without_grant(root)
    if failed:
        matter = load(root)
        for case in failed:
            found |= read_by(matter, case)
    return found


def read_by(matter: Matter, case: Case) -> set[str]:
    """What one item's case reads of persons' own answers, and its papers."""
    item = matter.plan.by_id[case.what]
    facts = {
        name_of_ask(Ask(column, at))
        for column in matter.leaves(item.needs())
        for at in ((0,) if column.party == CASE else
                   matter.indexes_for(item, column.party, case.index))
    }  # fmt: skip
    papers = {
        f"paper:{paper.key[0]}:{paper.role}:{at}"
        for paper in item.papers
        for at in matter.indexes_for(item, paper.role, case.index)
    }
    return facts | papers
