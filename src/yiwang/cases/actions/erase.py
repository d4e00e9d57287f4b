"""Erasing what a finished matter holds (依法删除): one asks, another confirms, the person is told.

The matter itself stays, as a number with its states, and so do its acts and their proofs,
licences it gave, rows it changed and bills it had: each has a rule of its own for how long.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.errors import CannotErase, NoSuchCase, ReasonsMissing
from yiwang.cases.models import (
    Approval,
    Case,
    Consent,
    Erasure,
    Fact,
    Opinion,
    PartyRow,
    Rating,
    Review,
    Task,
    Verdict,
)
from yiwang.cases.states import ENDED, State
from yiwang.cases.words import tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.ledger import erasure
from yiwang.ledger.actions import Actor, record

WHICH_LAW = told(
    "请写明依据，例如“《个人信息保护法》第四十七条”。",
    "Say on which law, for example “Personal Information Protection Law, art. 47”.",
)
SUBJECT = told("「{title}」的内容已删除", "What “{title}” held was erased")
TOLD = told(
    "办件 {number} 里您填写和上传的内容已依法删除，任何人都不能再看到。办件的编号、办理经过和"
    "您领到的证照不受影响。",
    "What you filled in and sent with matter {number} was erased as the law requires; nobody can "
    "see it any more. Its number, its steps and the licences you were given stand.",
)


@transaction.atomic
def ask_erasure(number: str, *, basis: str, reasons: str, by: Staff | Actor) -> Erasure:
    """Ask that what a finished matter holds be erased; a second person has to confirm it.

    `by` is staff of its department, or an operator at the machine. `basis` and `reasons` are kept.
    Raises NotAllowed, NoSuchCase, CannotErase, ReasonsMissing, BadInput("basis").
    """
    root = _root(number)
    if isinstance(by, Staff):
        require(by, "cases.ask_erasure", department=root.department)
    if not basis.strip():
        raise BadInput("basis", WHICH_LAW)
    if not reasons.strip():
        raise ReasonsMissing()
    if (why := _refusal(root)) is not None:
        raise CannotErase(why)
    actor = _actor(by)
    asked = Erasure.objects.create(
        root=root, basis=basis.strip(), reasons=reasons.strip(), asked_by_kind=actor.kind,
        asked_by=actor.id, asked_at=moment.now(),
    )  # fmt: skip
    record("case.erasure_asked", by=actor, about=root.applies, case=root.id, basis=asked.basis)
    return asked


@transaction.atomic
def confirm_erasure(id: UUID, *, by: Staff | Actor) -> Erasure:
    """Erase what was asked to be erased: by somebody else than who asked. Raises NotAllowed,
    NoSuchCase, CannotErase."""
    asked, actor = _asked(id), _allowed(by)
    root = asked.root
    if (actor.kind, actor.id) == (asked.asked_by_kind, asked.asked_by):
        raise CannotErase("same")
    if State(root.state) not in ENDED:
        raise CannotErase("under-way")
    erasure.erase(root.id, by=actor, basis=asked.basis, about=root.applies)
    _answer(asked, Erasure.State.DONE, actor)
    tell_applicant(root, SUBJECT, TOLD)
    return asked


def confirm_erasure_of(number: str, *, by: Actor) -> Erasure:
    """Confirm what was asked for the matter with this number: see `confirm_erasure`."""
    asked = Erasure.objects.filter(root__number=number.strip().upper(), state=Erasure.State.ASKED)
    id = asked.values_list("pk", flat=True).first()
    if id is None:
        raise CannotErase("not-asked")
    return confirm_erasure(id, by=by)


@transaction.atomic
def refuse_erasure(id: UUID, *, by: Staff | Actor) -> Erasure:
    """Leave all as it is. Raises NotAllowed, NoSuchCase, CannotErase."""
    asked, actor = _asked(id), _allowed(by)
    record(
        "case.erasure_refused", by=actor, about=asked.root.applies, case=asked.root_id,
        basis=asked.basis,
    )  # fmt: skip
    _answer(asked, Erasure.State.REFUSED, actor)
    return asked


def forget(root: UUID, by: Actor) -> None:
    """Clear what this room knows of a root case in plain columns: part of `erasure.erase`."""
    Fact.objects.filter(root=root).delete()
    PartyRow.objects.filter(root=root).update(person=None, organisation=None)
    Consent.objects.filter(root=root).update(words="")
    Task.objects.filter(case__root=root).update(note="")
    Approval.objects.filter(case__root=root).update(fills={}, reasons="")
    Verdict.objects.filter(case__root=root).update(facts={}, fills={}, reasons="")
    Rating.objects.filter(case__root=root).update(words="")
    Review.objects.filter(root=root).update(materials="", minutes="")
    Opinion.objects.filter(review__root=root).update(words="")


def _root(number: str) -> Case:
    found = Case.objects.filter(number=number.strip().upper()).exclude(state=State.DRAFT).first()
    if found is None:
        raise NoSuchCase()
    return Case.objects.locked_root(found.root_id)


def _asked(id: UUID) -> Erasure:
    """A request still to be answered, with its root held."""
    root = Erasure.objects.filter(pk=id).values_list("root", flat=True).first()
    if root is None:
        raise NoSuchCase()
    held = Case.objects.locked_root(root)
    asked = Erasure.objects.get(pk=id)
    if asked.state != Erasure.State.ASKED:
        raise CannotErase("answered")
    asked.root = held
    return asked


def _refusal(root: Case) -> str | None:
    if State(root.state) not in ENDED:
        return "under-way"
    if erasure.is_erased(root.id):
        return "erased"
    return "asked" if root.erasures.filter(state=Erasure.State.ASKED).exists() else None


def _allowed(by: Staff | Actor) -> Actor:
    if isinstance(by, Staff):
        require(by, "cases.confirm_erasure")
    return _actor(by)


def _actor(by: Staff | Actor) -> Actor:
    return staff_actor(by) if isinstance(by, Staff) else by


def _answer(asked: Erasure, state: Erasure.State, by: Actor) -> None:
    asked.state, asked.answered_at = state, moment.now()
    asked.answered_by_kind, asked.answered_by = by.kind, by.id
    asked.save(update_fields=["state", "answered_at", "answered_by_kind", "answered_by"])
