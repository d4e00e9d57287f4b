from __future__ import annotations

import pytest
from django.db import OperationalError, ProgrammingError, connection

from yiwang.web import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(monkeypatch):
    monkeypatch.setattr(health, "current_hash", lambda: "0123456789abcdef")


def _worker(seconds_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def _failing(error):
    def fail():
        raise error("no such thing as geheim@db")

    return fail


def test_a_city_at_work_is_well(client, pack):
    _worker(3)

    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": "up",
        "pack": "0123456789ab",
        "worker": {"heartbeat_seconds": 3.0},
        "positions": {"waiting": 0},
    }


def test_a_city_without_a_worker_is_not_well(client, pack):
    answer = client.get("/health")

    assert answer.status_code == 503
    assert answer.json()["worker"] == {"heartbeat_seconds": None}


def test_a_worker_that_fell_silent_is_told(client, pack):
    _worker(90)

    answer = client.get("/health")

    assert answer.status_code == 503
    assert answer.json()["worker"] == {"heartbeat_seconds": 90.0}


@pytest.mark.parametrize(
    ("error", "said"), [(OperationalError, "down"), (ProgrammingError, "unprepared")]
)
def test_a_database_that_fails_is_told_without_its_words(client, pack, monkeypatch, error, said):
    monkeypatch.setattr(health, "backlog", _failing(error))
    monkeypatch.setattr(health.connection, "close", lambda: None)

    answer = client.get("/health")

    assert answer.status_code == 503
    assert answer.json()["database"] == said
    assert answer.json()["ok"] is False
    assert "geheim" not in answer.content.decode()


def test_a_city_without_a_pack_is_not_well(client):
    _worker(3)

    answer = client.get("/health")

    assert answer.status_code == 503
    assert answer.json()["pack"] is None
