"""The operators' page: how the system runs, and nobody's data."""

from __future__ import annotations

import pytest
from django.test import Client

from yiwang.identity.tests.town import clerk, found_town
from yiwang.pack import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town():
    queries.forget()
    yield found_town()
    queries.forget()


def signed_in(role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(clerk(role, role))
    return client


def test_an_operator_begins_at_how_the_system_runs():
    browser = signed_in("operator")

    begin = browser.get("/desk/")
    page = browser.get("/operate/").content.decode()

    assert begin.url == "/operate/"
    assert queries.current_hash()[:12] in page
    assert "Worker last heard of" in page
    assert "No job is waiting" in page


def test_others_may_not_open_it():
    assert signed_in("clerk").get("/operate/").status_code == 403
    assert signed_in("supervisor").get("/operate/").status_code == 403
    assert Client().get("/operate/").status_code == 302
