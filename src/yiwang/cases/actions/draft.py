"""Writing a draft: who takes part, what is known, which papers were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case, Fact, PartyRow, Supplied
from yiwang.cases.numbers import next_number
from yiwang.cases.sql import SUPERSEDE
from yiwang.cases.states import State
from yiwang.kernel import moment
from yiwang.kernel.ids import new_id
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.statement import as_json, run
from yiwang.pack.pack import Pack


@dataclass(frozen=True)
class NewFact:
    """A value about to be known; `value` is its JSON form."""

    role: str
    index: int
    element: str
    value: Any
    source: str
    source_id: str = ""
    for_item: str = ""
    as_of: datetime | None = None
    act: UUID | None = None
    provisional: bool = False
    contested: bool = False
    claimed: Any = None


@dataclass(frozen=True)
class NewMember:
    """Someone about to take part."""

    role: str
    index: int = 0
    person: UUID | None = None
    exists: bool | None = True
    tied: str = ""
    organisation: UUID | None = None


@transaction.atomic
def open_draft(
    pack: Pack,
    *,
    kind: str,
    what: str,
    department: str,
    applicant: UUID,
    role: str,
    by: Actor,
    organisation: UUID | None = None,
) -> Case:
    """A new draft: a case from its first question, so that every read has a case. `applicant` is
    who acts, `organisation` the firm they act for."""
    case = Case(
        kind=kind, what=what, pack=pack.hash, number=next_number(pack), department=department,
        applicant_id=applicant, organisation_id=organisation, applicant_role=role,
    )  # fmt: skip
    case.root = case
    case.save(force_insert=True)
    record("case.draft_opened", by=by, about=case.applies, case=case.id, body={"what": what})
    return case


def put_members(root: Case, members: Sequence[NewMember]) -> None:
    """Say who plays which role; saying it again replaces what was said. Not yet an act: sending
    the draft digests it."""
    PartyRow.objects.bulk_create(
        [PartyRow(root=root, role=m.role, index=m.index, person_id=m.person, exists=m.exists,
                  tied=m.tied, organisation_id=m.organisation) for m in members],
        update_conflicts=True,
        unique_fields=["root", "role", "index"],
        update_fields=["person", "organisation", "exists", "tied"],
    )  # fmt: skip


def put_facts(root: Case, facts: Sequence[NewFact]) -> None:
    """Make values known; an older value of the same element is superseded, never overwritten."""
    if not facts:
        return
    rows = [_row(root, fact) for fact in {_slot(f): f for f in facts}.values()]
    run(SUPERSEDE, {"facts": as_json(rows)})


def set_facts_aside(
    root: Case, *, role: str, index: int, elements: Sequence[str], register: str
) -> None:
    """What a register told of a party stands no longer: it was asked by a value since changed."""
    told = Fact.objects.filter(root=root, role=role, index=index, element__in=elements)
    told.filter(source=Fact.Source.REGISTER, source_id=register, current=True).update(current=False)


def _slot(fact: NewFact) -> tuple[str, int, str, str]:
    return (fact.role, fact.index, fact.element, fact.for_item)


def _row(root: Case, fact: NewFact) -> Fact:
    now = moment.now()
    return Fact(
        id=new_id(), root=root, role=fact.role, index=fact.index, element=fact.element,
        for_item=fact.for_item, value=fact.value, source=fact.source, source_id=fact.source_id,
        as_of=fact.as_of or now, act=fact.act, provisional=fact.provisional,
        contested=fact.contested, claimed=fact.claimed, created_at=now,
    )  # fmt: skip


@transaction.atomic
def give_paper(root: Case, *, material: str, role: str, index: int, document: UUID) -> Supplied:
    """Attach a file for a material; an earlier one for the same is set aside, not lost."""
    Supplied.objects.filter(
        root=root, material=material, role=role, index=index, current=True
    ).update(current=False)
    return Supplied.objects.create(
        root=root, material=material, role=role, index=index, document=document
    )


@transaction.atomic
def take_back_paper(root: Case, document: UUID) -> None:
    """Set a given file aside again."""
    Supplied.objects.filter(root=root, document=document).update(current=False)


@transaction.atomic
def discard_draft(case_id: UUID, *, by: Actor) -> Case:
    """Throw a draft away; what was in it is no longer shown."""
    case = Case.objects.locked_root(case_id)
    if case.state != State.DRAFT:
        raise OutOfOrder(case)
    case.state, case.closed_at = State.WITHDRAWN, moment.now()
    case.save(update_fields=["state", "closed_at"])
    record("case.draft_discarded", by=by, about=case.applies, case=case.id)
    return case
