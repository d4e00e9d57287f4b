from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from yiwang.identity.actions import open_account
from yiwang.identity.models import Account
from yiwang.pack import queries
from yiwang.services.actions.draft import start
from yiwang.services.declarations import Bundle, Service
from yiwang.services.outline import outline
from yiwang.services.plan import plan_of
from yiwang.services.tests.family import BY, actor, clerk, load_city, reply, settle, sign_and_send
from yiwang.web.api import reference
from yiwang.web.environment import CHECKOUT
from yiwang.web.wsgi import application

SCHEMAS = CHECKOUT / "docs" / "reference" / "schemas"
AGAIN = "run: yiwang api schema --write"
API = "/api/v1"
EXAMPLES = hypothesis_settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def city(db):
    queries.forget()
    yield load_city()
    queries.forget()


@pytest.fixture
def kept_connection():
    """As Django's own test client does: no request closes the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def family(city):
    return settle(city)


@pytest.fixture
def sent(family):
    """The mother's matter, sent."""
    mother = family.mother
    root = start("bundle", "newborn", "mother", person=mother, by=actor(mother))
    reply(root, mother)
    return sign_and_send(root, mother)


def account_of(person) -> Account:
    return Account.objects.get(person=person)


def body(client, path: str, status: int = 200) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    return answer.json()


# ---- for everyone ------------------------------------------------------------------------------


def test_the_city_tells_what_it_offers(client, city):
    bundles = body(client, "/bundles")
    services = body(client, "/services")

    assert [one["id"] for one in bundles] == list(city.all(Bundle))
    newborn = next(one for one in bundles if one["id"] == "newborn")
    assert newborn["promise"] == {"days": 5, "count": "working"}
    assert len(newborn["items"]) == 7
    assert [one["id"] for one in services] == list(city.all(Service))


def test_a_plan_is_what_merging_works_out(client, city):
    told = body(client, "/bundles/newborn/plan")

    assert told == json.loads(json.dumps(outline(plan_of(city, "newborn", "bundle"))))


def test_a_service_tells_its_conditions_and_documents(client, city):
    one = body(client, "/services/child-care-guidance")

    assert [it["id"] for it in one["conditions"]] == ["under-three", "agreed"]
    assert one["instant"] is True
    assert one["gives"] == "child-care-guidance-card"
    assert one["promised"] == {"days": 5, "count": "working"}


def test_every_item_is_listed_by_pages_and_told_by_its_elements(client, city):
    listed = client.get(f"{API}/items").json()
    assert (listed["total"], listed["page"]) == (len(city.all(Service)), 1)
    assert {one["kind"] for one in listed["items"]} == {"service"}

    told = client.get(f"{API}/items/maternity-refund").json()
    assert told["promised"] == {"days": 10, "count": "working"}
    assert told["office"]["kind"] == "department"
    assert told["code"] is None
    assert client.get(f"{API}/items/nowhere").status_code == 404


def test_departments_tell_how_to_reach_them(client, city):
    found = body(client, "/departments")

    assert len(found) >= 8
    assert all(one["phone"] and one["address"]["zh"] for one in found)


def test_what_is_not_there_is_told_in_words(client, city):
    wrong = body(client, "/bundles/moon-landing", 404)
    malformed = body(client, "/bundles/A%00", 400)

    assert wrong["error"]["kind"] == "refusal"
    assert "moon-landing" in wrong["error"]["message"]
    assert malformed["error"]["kind"] == "bad_input"


# ---- what is mine ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/my/matters", "/my/matters/JC1", "/my/licences"])
def test_what_is_mine_needs_a_sign_in(client, city, path):
    assert body(client, path, 401)["error"]["kind"] == "not_signed_in"


def test_staff_have_no_matters_of_their_own_here(client, city):
    account = open_account(
        "s-1", None, staff=clerk("public-security", []), by=BY, password_hash="!"
    )
    client.force_login(account)

    assert body(client, "/my/matters", 403)["error"]["kind"] == "refusal"


def test_a_matter_tells_where_each_item_stands(client, family, sent):
    client.force_login(account_of(family.mother))

    listed = body(client, "/my/matters")
    one = body(client, f"/my/matters/{sent.number}")

    assert (listed["page"], listed["pages"]) == (1, 1)
    assert [line["number"] for line in listed["matters"]] == [sent.number]
    assert one["state"] == "under-way"
    assert one["due"]["unit"] == "working"
    assert len(one["items"]) == 7
    assert {item["department"] for item in one["items"]} >= {"public-security"}
    assert {item["state"] for item in one["items"]} == {"submitted", "waiting"}


def test_a_draft_has_no_items_yet(client, family):
    mother = family.mother
    root = start("bundle", "newborn", "mother", person=mother, by=actor(mother))
    client.force_login(account_of(mother))

    one = body(client, f"/my/matters/{root.number}")

    assert (one["state"], one["items"], one["sent_at"]) == ("draft", [], None)


def test_another_persons_matter_is_not_there(client, city, family, sent):
    client.force_login(_other_account(city))

    assert body(client, f"/my/matters/{sent.number}", 404)["error"]["kind"] == "refusal"
    assert body(client, "/my/matters")["matters"] == []


def test_my_licences_are_those_of_my_wallet(client, family):
    client.force_login(account_of(family.mother))

    found = body(client, "/my/licences")

    assert {one["kind"] for one in found} == {"id-card", "household-book", "marriage-certificate"}
    assert {(one["ground"], one["standing"]) for one in found} == {("self", "valid")}


# ---- what is published -------------------------------------------------------------------------


def test_the_schemas_on_disk_are_those_of_the_program():
    for name, text in reference().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, AGAIN


def test_a_plan_fits_its_published_schema(city):
    valid = jsonschema_rs.validator_for(json.loads(reference()["plan.json"]))

    valid.validate(json.loads(json.dumps(outline(plan_of(city, "newborn", "bundle")))))


def test_no_page_of_the_interface_loads_anything(client, city):
    assert client.get(f"{API}/openapi.json").json()["info"]["title"] == "Yiwang"
    assert client.get(f"{API}/docs").status_code == 404
    assert client.get(f"{API}/").status_code == 404


def test_every_answer_is_as_published_whatever_is_asked(family, sent, kept_connection):
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", application)
    signed = {settings.SESSION_COOKIE_NAME: _session(account_of(family.mother))}
    operations = [found.ok() for found in schema.get_all_operations()]

    seen = {
        (operation.path, who): _fuzz(operation, cookies)
        for operation in operations
        for who, cookies in (("anybody", {}), ("mother", signed))
    }

    assert len(operations) == 12
    assert 200 in seen[f"{API}/my/matters", "mother"]
    assert seen[f"{API}/my/matters", "anybody"] == {401}
    assert 200 in seen[f"{API}/departments", "anybody"]


PLAIN = {"Host": "localhost", "Accept-Encoding": "identity"}


def _fuzz(operation: Any, cookies: dict[str, str]) -> set[int]:
    """Ask in many ways; which statuses were answered, each as published."""
    statuses = set()

    @EXAMPLES
    @given(case=operation.as_strategy())
    def tried(case: Any) -> None:
        answer = case.call(cookies=cookies, headers=PLAIN)
        assert answer.status_code < 500
        case.validate_response(answer)
        statuses.add(answer.status_code)

    tried()
    return statuses


def _session(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _other_account(city: Any) -> Account:
    other = settle(city, serial=7, married=False)
    return account_of(other.mother)
