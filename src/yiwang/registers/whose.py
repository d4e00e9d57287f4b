"""Whose data a person may look after besides their own."""

from __future__ import annotations

from yiwang.identity.models import Mandate, Organisation, Person
from yiwang.identity.queries import mandates_of

GROUNDS = (Mandate.Ground.GUARDIAN, Mandate.Ground.LEGAL_REPRESENTATIVE)


def wards_of(person: Person) -> list[Person | Organisation]:
    """The people this person is guardian of, and the firms they represent by law."""
    mandates = mandates_of(person).filter(ground__in=GROUNDS)
    stood_for = [one.person or one.organisation for one in mandates]
    return list(dict.fromkeys(one for one in stood_for if one is not None))
