"""A small city, some people and accounts to test with."""

from __future__ import annotations

import zlib

from yiwang.identity.actions import open_account, person_for, register_staff
from yiwang.identity.models import Account
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.pack import queries
from yiwang.pack.content import from_content, pack_bytes
from yiwang.pack.models import CurrentPack, PackVersion
from yiwang.pack.pack import Pack

BY = Actor("operator", "test")
PASSWORD = "a river runs through it"
LIN = "99010219920304001X"
CHEN = "990102199001010023"


def both(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def office(id: str) -> dict[str, object]:
    return {
        "id": id,
        "title": both(id),
        "short": both(id),
        "division": "town",
        "phone": "88001",
        "complaint_phone": "88002",
        "address": both("1 River Street"),
        "hours": both("9–17"),
    }


def role(id: str, *permissions: str, services: tuple[str, ...] = ()) -> dict[str, object]:
    about = {"id": id, "title": both(id), "about": both(id)}
    return about | {"permissions": list(permissions), "services": list(services)}


CONTENT = {
    "city": [
        {
            "id": "town",
            "title": {"zh": "小城", "en": "Town"},
            "government": both("Town hall"),
            "division": "town",
            "region_code": "990199",
            "bureau": "health",
            "hotline": "12345",
            "case_prefix": "TN",
            "appeal": both("Appeal"),
            "about": both("About"),
        }
    ],
    "division": [
        {"id": "town", "title": both("Town"), "level": "city"},
        {
            "id": "east",
            "title": {"zh": "东区", "en": "East"},
            "level": "district",
            "parent": "town",
        },
        {
            "id": "quay",
            "title": {"zh": "码头街", "en": "Quay"},
            "level": "street",
            "parent": "east",
        },
        {
            "id": "west",
            "title": {"zh": "西区", "en": "West"},
            "level": "district",
            "parent": "town",
        },
    ],
    "department": [office("health"), office("police")],
    "role": [
        role("clerk", "worklist.view", "cases.decide", services=("births",)),
        role("reader", "worklist.view"),
        role("operator", "operations.view"),
        role("supervisor", "supervision.view"),
    ],
}


def found_town() -> Pack:
    """Make the small city live."""
    pack = from_content(CONTENT)
    content = zlib.compress(pack_bytes(pack))
    PackVersion.objects.create(
        hash=pack.hash,
        city="town",
        schema_version=1,
        content=content,
        loaded_at=moment.now(),
        source="test",
    )
    CurrentPack.objects.update_or_create(
        id=1, defaults={"version_id": pack.hash, "since": moment.now()}
    )
    queries.forget()
    return pack


def resident(username: str = "lin", number: str = LIN, name: str = "林小满") -> Account:
    person = person_for(number, name, by=BY)
    return open_account(username, PASSWORD, person=person, by=BY, phone="13800001234")


def clerk(username: str = "clerk", *roles: str, department: str = "health") -> Account:
    staff = register_staff(
        name="周明", number=username, department=department, roles=roles or ("clerk",), by=BY
    )
    return open_account(username, PASSWORD, staff=staff, by=BY)
