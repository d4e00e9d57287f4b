"""Every write of this room: people, organisations, staff, accounts, mandates."""

from yiwang.identity.actions.mandates import end_mandate, grant_mandate
from yiwang.identity.actions.people import (
    give_number,
    name_person,
    organisation_for,
    organisations_for,
    people_for,
    person_for,
    persons_for,
)
from yiwang.identity.actions.staff import open_account, register_staff, retire_staff

__all__ = [
    "end_mandate",
    "give_number",
    "grant_mandate",
    "name_person",
    "open_account",
    "organisation_for",
    "organisations_for",
    "people_for",
    "person_for",
    "persons_for",
    "register_staff",
    "retire_staff",
]
