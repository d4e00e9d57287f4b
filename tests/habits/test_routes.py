"""Every address says whom it is for, and opens for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from yiwang.identity.actions import open_account, person_for, register_staff
from yiwang.identity.declarations import Department, Role
from yiwang.identity.models import Account
from yiwang.identity.permission_names import OF_ALL_STAFF
from yiwang.kernel.ids import new_id
from yiwang.ledger.actions import Actor
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.ui.audiences import audience_of

PACK = Path(__file__).parents[2] / "packs" / "jiangcheng"
BY = Actor("operator", "test")
SAMPLES = {"UUIDConverter": new_id, "IntConverter": lambda: 1, "PathConverter": lambda: "x"}
Route = tuple[str, URLPattern]


def routes(under: URLResolver | None = None, namespace: str = "") -> Iterator[Route]:
    """Every pattern of the URL conf with its full name, in order."""
    for one in (under or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = ":".join(filter(None, (namespace, one.namespace)))
            yield from routes(one, inner)
        else:
            yield f"{namespace}:{one.name}" if namespace else str(one.name), one


ALL = list(routes())


def address_of(name: str, pattern: URLPattern) -> str:
    sample: dict[str, Any] = {
        key: SAMPLES.get(type(converter).__name__, lambda: "x")()
        for key, converter in pattern.pattern.converters.items()
    }
    return reverse(name, kwargs=sample)


def tag_of(pattern: URLPattern) -> Any:
    return audience_of(pattern.callback)


def test_there_are_routes_and_each_has_a_name():
    assert len(ALL) > 10
    assert [str(one.pattern) for name, one in ALL if name.endswith("None")] == []


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[name for name, _one in ALL])
def test_a_route_says_whom_it_is_for(name, pattern):
    assert tag_of(pattern) is not None, f"tag the view of {name} (yiwang.ui.audiences)"


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[name for name, _one in ALL])
def test_a_routes_tag_fits_its_address(name, pattern):
    """What lies under /my/, /desk/, /operate/, /api/ is for those; nothing else is theirs."""
    tag, first = tag_of(pattern), address_of(name, pattern).split("/")[1]

    if tag and first in ("my", "desk", "operate", "api"):
        assert tag.kind == first
    elif tag:
        assert tag.kind == "public"


def visitors(pack) -> dict[str, Account | None]:
    """Nobody, a resident, staff without a role, and one member of staff for each role."""
    department = next(iter(pack.all(Department)))
    person = person_for("99010219920304001X", "林小满", by=BY)
    found: dict[str, Account | None] = {
        "anonymous": None,
        "resident": open_account("resident", None, person=person, by=BY),
    }
    for role in ("", *pack.all(Role)):
        roles = [role] if role else []
        staff = register_staff(
            name="周明", number=f"n-{len(found)}", department=department, roles=roles, by=BY
        )
        found[f"staff {role}".strip()] = open_account(f"s-{role}", None, staff=staff, by=BY)
    return found


def may_open(tag: Any, account: Account | None, pack) -> bool:
    """Whether the gate should let them pass: worked out here anew, from the tag and the pack."""
    if tag is None:
        return False
    if tag.person:
        return account is not None and account.person is not None
    if tag.kind == "public" or (tag.kind == "api" and tag.permission is None):
        return True
    if tag.kind == "my":
        return account is not None and account.person is not None
    if account is None or account.staff is None:
        return False
    if tag.permission == "desk.enter":  # the one thing every member of staff may do
        return True
    roles = [pack.all(Role)[one] for one in account.staff.roles]
    return any(tag.permission in role.permissions for role in roles)


def test_only_entering_the_desk_is_given_to_all_staff():
    assert {"desk.enter"} == OF_ALL_STAFF


def was_denied(answer: Any) -> bool:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
    return to_sign_in or answer.status_code in (401, 403)


@pytest.mark.django_db
def test_every_route_opens_for_those_it_names_and_for_nobody_else(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    load(PACK, by=BY)
    pack = queries.current()

    wrong = []
    for visitor, account in visitors(pack).items():
        client = Client(raise_request_exception=False)
        for name, pattern in ALL:
            if account is not None:
                client.force_login(account)
            answer = client.get(address_of(name, pattern))
            allowed = may_open(tag_of(pattern), account, pack)
            if was_denied(answer) == allowed or answer.status_code == 500:
                wrong.append(f"{visitor} at {name}: {answer.status_code}, allowed: {allowed}")
    queries.forget()

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[name for name, _one in ALL])
def test_without_a_form_token_nothing_is_posted(name, pattern):
    """A POST from another site's page is turned away before any view sees it, or by the origin it
    tells."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    exempt = getattr(pattern.callback, "csrf_exempt", False)

    answer = client.post(address_of(name, pattern), headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403 or (exempt and tag_of(pattern).kind == "api")
