"""One address may not take everybody's share; the others notice nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from yiwang.identity import calls as counting
from yiwang.identity.calls import SIZE, Calls
from yiwang.kernel.words import speaking

SCRIPT = """
import sys, pathlib
from yiwang.identity.calls import Calls
calls = Calls(pathlib.Path(sys.argv[1]))
for _ in range(500):
    calls.count("192.0.2.1", minute=7)
"""


@pytest.fixture
def limited(settings, tmp_path, db):
    settings.CALLS_A_MINUTE = 3
    settings.CALLS_FILE = tmp_path / "calls.counts"
    counting.calls.cache_clear()
    yield settings
    counting.calls.cache_clear()


@pytest.fixture
def at_once(monkeypatch):
    """The minute is young: no test falls into two."""
    monkeypatch.setattr("yiwang.identity.middleware.time.time", lambda: 1_000_000 * 60 + 5)


def test_a_machine_that_calls_too_often_is_told_when_to_come_back(limited, at_once):
    client = Client(headers={"accept-language": "en"})
    answers = [client.get("/api/v1/nothing") for _ in range(5)]

    assert [one.status_code for one in answers] == [404, 404, 404, 429, 429]
    assert answers[-1]["Retry-After"] == "55"
    told = answers[-1].json()["error"]
    assert told["kind"] == "refusal" and "Wait 55 seconds" in told["message"]
    elsewhere = client.get("/api/v1/nothing", REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 404


def test_a_form_sent_too_often_is_answered_by_a_page_in_the_persons_words(limited, at_once):
    client = Client(headers={"accept-language": "zh-hans"})
    for _ in range(3):
        assert client.post("/ledger/", {"text": "x"}).status_code == 200

    with speaking("zh"):
        answer = client.post("/ledger/", {"text": "x"})

    assert answer.status_code == 429 and answer["Retry-After"] == "55"
    assert "请等 55 秒再试" in answer.content.decode()
    assert client.get("/ledger/").status_code == 200  # what is only read is not counted


def test_a_new_minute_begins_anew(limited, monkeypatch):
    client = Client()
    monkeypatch.setattr("yiwang.identity.middleware.time.time", lambda: 600.0)
    assert [client.get("/api/v1/x").status_code for _ in range(4)][-1] == 429

    monkeypatch.setattr("yiwang.identity.middleware.time.time", lambda: 661.0)

    assert client.get("/api/v1/x").status_code == 404


def test_gateways_that_sign_what_they_say_are_not_counted(limited, at_once):
    client = Client()

    answers = {client.post("/api/payments/nobody/").status_code for _ in range(6)}

    assert answers == {404}


def test_behind_our_proxy_the_address_is_the_one_the_proxy_saw(limited, at_once):
    limited.HTTPS = True
    limited.SECURE_SSL_REDIRECT = False
    client = Client()
    for n in range(6):  # what the caller claims to be does not help
        seen = f"198.51.100.{n}, 192.0.2.1"
        answer = client.get("/api/v1/x", headers={"x-forwarded-for": seen})

    assert answer.status_code == 429


def test_all_processes_count_together_and_nothing_is_lost(tmp_path):
    path = tmp_path / "calls.counts"
    several = [subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)]) for _ in range(3)]
    assert [one.wait(60) for one in several] == [0, 0, 0]

    assert Calls(path).count("192.0.2.1", minute=7) == 1501


def test_a_million_addresses_take_no_more_room_and_forget_nobody_busy(tmp_path: Path):
    calls = Calls(tmp_path / "calls.counts")
    for _ in range(500):
        calls.count("busy", minute=7)

    for n in range(100_000):
        calls.count(f"10.{n}", minute=7)

    assert calls.count("busy", minute=7) == 501
    assert (tmp_path / "calls.counts").stat().st_size == SIZE == 1_048_576
