"""Departments' requests for access: asked for, decided by the steward, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from yiwang.cases.calendar import work_calendar
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.identity.permissions import require
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.ledger.actions import Change, record
from yiwang.pack.declaration import Basis, Limit
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.registers.actions import give_grant, withdraw_grant
from yiwang.registers.declarations import Register
from yiwang.registers.grants import basis_text
from yiwang.registers.models import GivenGrant
from yiwang.registers.queries import given_grant
from yiwang.stewardship.asking import (
    ASKED_ALREADY,
    MOST_A_DAY,
    SAY_WHY,
    Wish,
    clock_of,
    in_order,
    is_less,
    may_ask,
    wrong_columns,
    wrong_decision,
    wrong_terms,
    wrong_text,
)
from yiwang.stewardship.declarations import terms_of
from yiwang.stewardship.errors import DecidedAlready, NoSuchGrant, NoSuchRequest
from yiwang.stewardship.models import AccessRequest

PURPOSE = "stewardship:access"


@transaction.atomic
def request(
    register_id: str,
    *,
    wish: Wish,
    services: Sequence[str],
    purpose: str,
    law: str,
    article: str,
    staff: Staff,
) -> AccessRequest:
    """Ask the steward of a register for columns, for named items of one's own department.

    Columns none of these items reads are refused, with why. Raises NotAllowed, Refusal where the
    register is not shared, BadInputs.
    """
    require(staff, "access.request", department=staff.department)
    pack = current()
    register, terms = may_ask(pack, register_id, staff.department), terms_of(pack)
    wrong = [
        *wrong_text(services, purpose, law, staff.department),
        *wrong_columns(pack, register, wish.columns, services, staff.department),
        *wrong_terms(wish, terms.longest, MOST_A_DAY),
    ]
    if wrong:
        raise BadInputs(wrong)
    sharing, limit = clock_of(register, terms)
    made = AccessRequest(
        register=register.id, steward=register.steward, department=staff.department,
        columns=in_order(register, wish.columns), services=sorted(set(services)),
        purpose=purpose.strip(), law=law.strip(), article=article.strip(), until=wish.until,
        a_day=wish.a_day, sharing=sharing, asked_by=staff,
        due_on=work_calendar(pack).after(moment.today(), limit.days, limit.count),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refusal(ASKED_ALREADY) from None
    _record(made, "access.asked", staff, limit, None, {"purpose": made.purpose})
    return made


@transaction.atomic
def decide(
    request_id: UUID, *, granted: bool, wish: Wish, reasons: str, staff: Staff
) -> AccessRequest:
    """Grant what was asked for or less of it, or refuse: by the steward, less and no with reasons.

    What is granted is a row the gate honours from now on. Raises NoSuchRequest, NotAllowed,
    DecidedAlready, BadInputs.
    """
    asked = _locked(request_id)
    require(staff, "access.decide", department=asked.steward)
    if not asked.is_open:
        raise DecidedAlready()
    pack = current()
    before, (_class, limit) = _told(asked), clock_of(_register(pack, asked), terms_of(pack))
    less = granted and is_less(asked, wish)
    wrong = wrong_decision(asked, wish) if granted else []
    if (less or not granted) and not reasons.strip():
        wrong.append(BadInput("reasons", SAY_WHY))
    if wrong:
        raise BadInputs(wrong)
    states = AccessRequest.State
    asked.state = states.REFUSED if not granted else states.PARTLY if less else states.GRANTED
    asked.reasons, asked.decided_by, asked.decided_at = reasons.strip(), staff, moment.now()
    if granted:
        grant = _grant(asked, wish, _register(pack, asked))
        by = staff_actor(staff)
        asked.grant = give_grant(grant, by=by, basis=f"《{asked.law}》{asked.article}").id
    asked.save(update_fields=["state", "reasons", "decided_by", "decided_at", "grant"])
    _record(asked, "access.decided", staff, limit, before, {"words": asked.reasons})
    return asked


@transaction.atomic
def withdraw(grant_id: UUID, *, reasons: str, staff: Staff) -> GivenGrant:
    """Take a grant back at once, by its steward, with reasons; the next read is denied.

    Raises NoSuchGrant, NotAllowed, BadInput("reasons"), Refusal where it ended before.
    """
    grant = given_grant(grant_id)
    if grant is None:
        raise NoSuchGrant()
    steward = current().get(Register, grant.register).steward
    require(staff, "access.decide", department=steward)
    if not reasons.strip():
        raise BadInput("reasons", SAY_WHY)
    return withdraw_grant(grant_id, reasons=reasons.strip(), by=staff_actor(staff))


# ---- what they share ---------------------------------------------------------------------------


def _locked(request_id: UUID) -> AccessRequest:
    found = AccessRequest.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise NoSuchRequest()
    return found


def _register(pack: Pack, asked: AccessRequest) -> Register:
    return pack.get(Register, asked.register)


def _grant(asked: AccessRequest, wish: Wish, register: Register) -> GivenGrant:
    return GivenGrant(
        register=asked.register, department=asked.department,
        columns=in_order(register, wish.columns), services=asked.services, purpose=asked.purpose,
        law={"zh": asked.law, "en": asked.law}, article=asked.article, since=moment.today(),
        until=wish.until, a_day=wish.a_day, request=asked.id,
    )  # fmt: skip


def _told(asked: AccessRequest) -> dict[str, object]:
    return {"state": asked.state, "grant": str(asked.grant or "")}


def _record(
    asked: AccessRequest, what: str, staff: Staff, limit: Limit, before: object,
    body: dict[str, object],
) -> None:  # fmt: skip
    basis: Basis | None = limit.basis
    record(
        what, by=staff_actor(staff), case=asked.id, purpose=PURPOSE,
        basis=basis_text(basis).zh if basis else "",
        changes=[Change.of("access_request", asked.id, before=before, after=_told(asked))],
        body={
            **body, "register": asked.register, "department": asked.department,
            "columns": list(asked.columns), "services": list(asked.services),
            "state": asked.state,
        },
    )  # fmt: skip
