"""Letting somebody act for somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.identity.actions.row import locked, recorded, row_of
from yiwang.identity.models import Mandate, Organisation, Person
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor


@transaction.atomic
def grant_mandate(
    *,
    agent: Person,
    by: Actor,
    ground: Mandate.Ground,
    basis: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
    scope: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Mandate:
    """Let `agent` act for a person or an organisation (exactly one), in the items of `scope`.

    Empty scope: in every item. `until` is the last day. Granting the same again answers the
    mandate that stands. Raises BadInput where agent and principal are one, or it ends before it
    begins.
    """
    since = since or moment.today()
    _judge_mandate(agent, person, organisation, since, until)
    terms: dict[str, Any] = {
        "agent": agent,
        "person": person,
        "organisation": organisation,
        "ground": ground,
        "scope": sorted(set(scope)),
        "until": until,
        "basis": basis,
    }
    standing = Mandate.objects.holding(since).filter(**terms).first()
    if standing is not None:
        return standing
    mandate = Mandate.objects.create(**terms, since=since)
    recorded("identity.mandate_granted", mandate, None, by=by, about=_sides(mandate), basis=basis)
    return mandate


@transaction.atomic
def end_mandate(mandate_id: UUID, *, by: Actor) -> Mandate:
    """End a mandate at once. Ended already: nothing changes."""
    mandate = locked(Mandate, mandate_id)
    if mandate.ended_at is not None:
        return mandate
    before = row_of(mandate)
    mandate.ended_at = moment.now()
    mandate.save(update_fields=["ended_at"])
    recorded("identity.mandate_ended", mandate, before, by=by, about=_sides(mandate))
    return mandate


def _judge_mandate(
    agent: Person,
    person: Person | None,
    organisation: Organisation | None,
    since: date,
    until: date | None,
) -> None:
    if (person is None) == (organisation is None):
        raise ValueError("a mandate is for a person or for an organisation")
    if agent == person:
        raise BadInput(
            "agent",
            Text(
                zh="本人办理无需授权，请选择另一位代理人。",
                en="No mandate is needed to act for yourself; choose somebody else.",
            ),
        )
    if until is not None and until < since:
        raise BadInput(
            "until",
            Text(
                zh="结束日期早于开始日期，请改为开始之后的日期。",
                en="It ends before it begins; choose a later last day.",
            ),
        )


def _sides(mandate: Mandate) -> list[UUID]:
    ids = (mandate.agent_id, mandate.person_id, mandate.organisation_id)
    return [one for one in ids if one is not None]
