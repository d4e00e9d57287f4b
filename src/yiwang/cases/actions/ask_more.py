"""Asking the applicant for more (补正): told at once and in full, and the clocks stand still."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import NoSuchCase, OutOfOrder, ReasonsMissing, must_move
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.returning import give_back
from yiwang.cases.states import Progress, State, Verb
from yiwang.cases.tasks import finish, locked_case, pause_clocks, resume_clocks, staff_task
from yiwang.cases.words import MORE_ASKED, tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.ledger.actions import Actor, record


@transaction.atomic
def ask_more(case_id: UUID, *, asks: Sequence[str], note: str, staff: Staff) -> Case:
    """Say what is lacking. `asks` are names of what to give: `paper:KEY:ROLE:INDEX` or
    `fact:ROLE:INDEX:ELEMENT`; `note` says it in words."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.ask_more", Verb.ACCEPT, Verb.DECIDE)
    must_move(case, State.SUPPLEMENTING)
    if not note.strip():
        raise ReasonsMissing()
    finish(task, by)
    pause_clocks(case)
    case.state = State.SUPPLEMENTING
    case.save(update_fields=["state"])
    Task.objects.create(
        case=case, verb=Verb.SUPPLY, person_id=case.applicant_id, asks=list(asks), note=note,
        round=task.round,
    )  # fmt: skip
    record(
        "case.more_asked", by=by, about=case.applies, case=case.id, root=case.root_id,
        basis=procedure_of(case).terms(case).basis, body={"note": note, "asks": list(asks)},
    )  # fmt: skip
    tell_applicant(
        case,
        told("请补充材料：{title}", "More is needed: {title}"),
        MORE_ASKED,
        urgent=True,
    )
    return case


@transaction.atomic
def supplied(case_id: UUID, *, person: UUID, words: str, by: Actor, digest: str = "") -> Case:
    """The applicant has given what was asked for: back to the office, the clocks go on.

    `digest` is that of everything given as it now stands.
    """
    case = locked_case(case_id)
    if not case.is_of(person):
        raise NoSuchCase()
    task = case.tasks.filter(verb=Verb.SUPPLY, state=Progress.OPEN).first()
    if task is None:
        raise OutOfOrder(case)
    back = State.ACCEPTED if case.accepted_at else State.SUBMITTED
    must_move(case, back)
    finish(task, by)
    resume_clocks(case)
    case.state = back
    case.save(update_fields=["state"])
    give_back(case, round=task.round + 1, note=words)
    about = case.applies
    record(
        "case.supplied",
        by=by,
        about=about,
        case=case.id,
        root=case.root_id,
        body={"words": words, "digest": digest},
    )
    return case
