"""Who acts, as the ledger writes it down."""

from __future__ import annotations

from yiwang.identity.models import Account, Person, Staff
from yiwang.ledger.actions import Actor


def actor_of(account: Account) -> Actor:
    """The actor behind an account: its person, or its member of staff with their department."""
    if account.staff is not None:
        return staff_actor(account.staff)
    if account.person is not None:
        return person_actor(account.person)
    raise ValueError("an account belongs to a person or to a member of staff")


def person_actor(person: Person) -> Actor:
    """A person acting for themselves or for someone they represent."""
    return Actor("person", str(person.id))


def staff_actor(staff: Staff) -> Actor:
    """A member of staff acting for their department."""
    return Actor("staff", str(staff.id), staff.department)
