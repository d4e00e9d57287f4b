"""The matter of a root case while it is held: read once, kept up by what each grant gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from yiwang.cases.actions import NewFact, NewMember, put_facts, put_members
from yiwang.cases.models import Case
from yiwang.kernel import moment
from yiwang.registers import dictionary
from yiwang.services.matter import Known, Matter, Member
from yiwang.services.queries import load


def hold(root: Case) -> Matter:
    """The matter of a root whose row is locked, as it stands: whoever changes it says so here."""
    held: Matter | None = root.__dict__.get("at_hand")
    if held is None:
        held = root.__dict__["at_hand"] = load(root)
    return held


def forget(root: Case) -> None:
    """What was held no longer holds: a grant that had begun was undone."""
    root.__dict__.pop("at_hand", None)


def learn(root: Case, facts: Sequence[NewFact]) -> None:
    """Make values known, in the tables and in what is held."""
    put_facts(root, facts)
    matter, now = hold(root), moment.now()
    elements = matter.plan.elements
    known = {
        (one.role, one.index, one.element, one.for_item): Known(
            dictionary.from_json(elements[one.element], one.value),
            one.source,
            one.source_id,
            one.as_of or now,
        )
        for one in facts
    }
    root.__dict__["at_hand"] = replace(matter, facts={**matter.facts, **known})


def join(root: Case, member: NewMember) -> None:
    """Someone takes part from now on, in the tables and in what is held."""
    put_members(root, [member])
    matter = hold(root)
    others = [m for m in matter.members if (m.role, m.index) != (member.role, member.index)]
    joined = Member(
        member.role, member.index, member.person, member.exists, member.tied, member.organisation
    )
    root.__dict__["at_hand"] = replace(matter, members=(*others, joined))


def took(root: Case, holder: UUID, kind: str, number: str) -> None:
    """Someone holds one more licence."""
    matter = hold(root)
    more = {(one.role, one.index, kind): number for one in matter.members if one.who == holder}
    root.__dict__["at_hand"] = replace(matter, licences={**matter.licences, **more})
