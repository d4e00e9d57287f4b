"""Public pages are kept for a moment: the same for everybody who asks the same, nobody's own."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from yiwang.pack import queries
from yiwang.services.tests.family import load_city, settle
from yiwang.services.tests.visitor import visitor
from yiwang.web.views import public


@pytest.fixture
def city(db, settings):
    settings.PAGES_KEPT = True
    caches["pages"].clear()
    queries.forget()
    yield load_city()
    queries.forget()
    caches["pages"].clear()


@pytest.fixture
def made(monkeypatch):
    """How often the home page was made."""
    count = []
    first = public.things
    monkeypatch.setattr(public, "things", lambda pack: count.append(1) or first(pack))
    return count


def test_whoever_asks_the_same_is_given_the_same_page(city, made):
    first, second = Client().get("/"), Client().get("/")

    assert first.content == second.content and len(made) == 1
    assert not first.cookies and not second.cookies
    assert second["Content-Security-Policy"] and second["Content-Type"] == first["Content-Type"]


def test_language_size_and_address_tell_pages_apart(city):
    plain = Client().get("/")
    english = Client().get("/", headers={"Accept-Language": "en"})
    large = Client()
    large.cookies["elder"] = "1"

    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="zh-Hans"' in plain.content.decode()
    assert 'class="elder' in large.get("/").content.decode()
    assert 'class="elder' not in Client().get("/").content.decode()
    assert "新生儿" in Client().get("/search/?q=新生儿").content.decode()
    assert Client().get("/search/?q=过户").content != Client().get("/search/?q=新生儿").content


def test_what_somebody_is_shown_who_is_signed_in_is_not_kept(city, made):
    mother = visitor(settle(city).mother)

    hers, nobodys = mother.get("/"), Client().get("/")

    assert len(made) == 2
    assert b"/sign-out/" in hers.content and b"/sign-out/" not in nobodys.content


def test_a_page_that_is_not_there_is_not_kept(city):
    assert Client().get("/services/nothing/").status_code == 404
    assert not caches["pages"]._cache


def test_another_pack_has_other_pages(city, made, monkeypatch):
    Client().get("/")
    monkeypatch.setattr("yiwang.web.kept.current_hash", lambda: "another")

    Client().get("/")

    assert len(made) == 2


def test_a_page_with_somebodys_form_token_is_not_kept(city):
    asker = Client()
    asker.get("/sign-in/")
    assert asker.cookies["csrftoken"].value

    page = asker.get("/things/newborn/")

    assert b"csrfmiddlewaretoken" in page.content and not caches["pages"]._cache
