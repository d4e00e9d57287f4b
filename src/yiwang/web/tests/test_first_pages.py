"""The first pages: of the city, and of whoever is signed in."""

from __future__ import annotations

import pytest

from yiwang.pack import queries
from yiwang.services.declarations import Bundle, Course, Service
from yiwang.services.tests.family import load_city, settle
from yiwang.services.tests.visitor import begin, visitor, words
from yiwang.web.catalogue import shelves, things


@pytest.fixture
def city(db):
    queries.forget()
    yield load_city()
    queries.forget()


def test_the_home_page_leads_to_every_thing_done_once_and_every_office(client, city):
    page = client.get("/", headers={"accept-language": "en"})

    body = page.content.decode()
    assert page.status_code == 200
    stages = {stage.bundle for course in city.all(Course).values() for stage in course.stages}
    shown = {id for id in city.all(Bundle) if f'href="/things/{id}/"' in body}
    assert shown == set(city.all(Bundle)) - stages
    assert all(f'href="/projects/{id}/"' in body for id in city.all(Course))
    assert all(f'?office={shelf.office.id}"' in body for shelf in shelves(city))
    assert "12345" in words(page) and "Sign in to see where your matters stand" in words(page)


def test_what_was_begun_stands_on_top_for_whoever_began_it_only(client, city):
    mother = visitor(settle(city).mother)
    draft = begin(mother)

    assert f'href="{draft}"' in mother.get("/").content.decode()
    assert f'href="{draft}"' in mother.get("/my/").content.decode()
    assert draft not in client.get("/").content.decode()


def test_my_first_page_is_for_those_signed_in(client, city):
    answer = client.get("/my/")

    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def test_offices_lead_to_their_items_and_those_without_items_are_left_out(client, city):
    found = {shelf.office.id: shelf.items for shelf in shelves(city)}

    assert found["maternity-hospital"] == 1
    assert all(found.values()) and sum(found.values()) == len(city.all(Service))
    assert [one.id for one in things(city)] == [
        "company-start", "flat-transfer", "newborn", "investment-project",
    ]  # fmt: skip
    page = client.get("/").content.decode()
    assert "/browse/?office=maternity-hospital" in page
    assert "/services/birth-certificate/" in client.get(
        "/browse/?office=maternity-hospital"
    ).content.decode()  # fmt: skip
