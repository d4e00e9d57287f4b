"""Every read of licences that other rooms may use."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yiwang.identity.models import Mandate, Organisation, Person
from yiwang.identity.queries import mandates_of
from yiwang.kernel.errors import NotFound
from yiwang.ledger.statement import Part, look
from yiwang.licences.actions import NO_LICENCE
from yiwang.licences.declarations import LicenceKind
from yiwang.licences.models import Licence
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element
from yiwang.registers.dictionary import from_json
from yiwang.registers.values import Value

_GROUNDS = (Mandate.Ground.GUARDIAN, Mandate.Ground.LEGAL_REPRESENTATIVE)


@dataclass(frozen=True)
class Pocket:
    """One part of a wallet: whose licences, and by which ground they are shown to its owner.

    `ground` is `self`, `guardian` or `legal-representative`.
    """

    holder: Person | Organisation
    ground: str
    licences: list[Licence]


HELD = """
    -- Numbers of licences that hold on a day; of several of a kind the newest comes last.
    SELECT json_agg(json_build_array(coalesce(holder_id, organisation_id), kind, number)
                    ORDER BY issued_on, id)
    FROM licences_licence
    WHERE id = ANY(ARRAY(
            SELECT id FROM licences_licence WHERE holder_id = ANY(ARRAY({holders}))
            UNION ALL
            SELECT id FROM licences_licence WHERE organisation_id = ANY(ARRAY({holders}))))
        AND kind = ANY(%(kinds)s) AND state = 'valid' AND issued_on <= %(on)s
        AND (until IS NULL OR until >= %(on)s)
"""


def held(
    holders: Collection[UUID], kinds: Collection[str], on: date
) -> dict[tuple[UUID, str], str]:
    """Numbers of the licences of these kinds that hold on this day, by holder and kind; of several
    the newest."""
    asked = holdings("SELECT unnest(%(holders)s::uuid[])", kinds, on)
    (told,) = look(Part(asked.sql, {**asked.values, "holders": list(holders)}))
    return as_held(told)


def holdings(holders: str, kinds: Collection[str], on: date) -> Part:
    """What `held` tells, for the holders a subselect names: every look at a matter asks it along
    with other things, and `as_held` reads it."""
    return Part(HELD.format(holders=holders), {"kinds": list(kinds), "on": on})


def as_held(told: list[Any] | None) -> dict[tuple[UUID, str], str]:
    """What `holdings` told, by holder and kind."""
    return {(UUID(holder), kind): number for holder, kind, number in told or ()}


def licence(id: UUID) -> Licence:
    """One licence; NotFound where there is none."""
    found = Licence.objects.select_related("holder", "organisation").filter(id=id).first()
    if found is None:
        raise NotFound(NO_LICENCE)
    return found


def standing_numbered(kind: str, number: str, on: date) -> Licence | None:
    """The licence of a kind with this number, where it holds on this day."""
    return Licence.objects.valid(on).filter(kind=kind, number=number).first()


def issued_in(cases: Collection[UUID]) -> list[Licence]:
    """Licences these cases issued, in the order of issuing."""
    return list(Licence.objects.filter(case__in=cases).order_by("id"))


def proves(pack: Pack, licence: Licence) -> dict[str, Value]:
    """The elements a licence proves of its holder, with their values.

    What the dictionary of `pack` no longer has, or reads otherwise, proves nothing.
    """
    kind = pack.all(LicenceKind).get(licence.kind)
    elements = pack.all(Element)
    proven: dict[str, Value] = {}
    for id in kind.fields if kind else ():
        value = _read(elements.get(id), licence.fields.get(id))
        if value is not None:
            proven[id] = value
    return proven


def wallet(person: Person) -> list[Pocket]:
    """The licences of a person, of those they are guardian of, of firms they represent by law.

    The person's own pocket comes first and is always there; others only where they hold any.
    """
    shown: dict[UUID, tuple[Person | Organisation, str]] = {person.id: (person, "self")}
    for mandate in _represents(person):
        principal = mandate.person or mandate.organisation
        if principal is not None:
            shown.setdefault(principal.id, (principal, mandate.ground))
    by_holder: dict[UUID, list[Licence]] = {id: [] for id in shown}
    for one in _of(shown):
        by_holder[one.held_by].append(one)
    return [
        Pocket(holder, ground, by_holder[id])
        for id, (holder, ground) in shown.items()
        if by_holder[id] or ground == "self"
    ]


def shown_to(person: Person, id: UUID) -> Licence:
    """A licence this person may open: their own, or of one they represent. NotFound otherwise."""
    found = licence(id)
    if found.held_by == person.id:
        return found
    if any(found.held_by in (one.person_id, one.organisation_id) for one in _represents(person)):
        return found
    raise NotFound(NO_LICENCE)


def _represents(person: Person) -> QuerySet[Mandate]:
    return mandates_of(person).filter(ground__in=_GROUNDS)


def _of(holders: Iterable[UUID]) -> QuerySet[Licence]:
    theirs = Q(holder__in=list(holders)) | Q(organisation__in=list(holders))
    return Licence.objects.filter(theirs).order_by("-issued_on", "-id")


def _read(element: Element | None, value: object) -> Value | None:
    if element is None:
        return None
    try:
        return from_json(element, value)
    except ValueError:
        return None


def digests(ids: Collection[str]) -> dict[str, str]:
    """What acts would tell of these licences now, by id; those that are gone are left out."""
    return {str(one.id): one.told() for one in Licence.objects.filter(id__in=ids)}
