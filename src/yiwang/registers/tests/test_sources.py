"""Asking a register that lies elsewhere: a real HTTP service, in all its moods."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.identity.queries import person_by_number
from yiwang.kernel import moment
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about
from yiwang.registers import followers, gate, settling, sources
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask
from yiwang.registers.models import Reading
from yiwang.registers.tests.town import CLERK, MOTHER, SETTING, STRANGER

NOW = "2026-11-21T08:00:00+08:00"
ROW = {"id_number": MOTHER, "name": "林岚", "birth_date": "1996-03-08"}


@pytest.fixture(autouse=True)
def nobody_follows(monkeypatch):
    """Whoever takes answers up stands above this room."""
    monkeypatch.setattr(followers.ANSWERED, "_entries", {})


@contextmanager
def source(monkeypatch, *moods):
    """A service that answers each request in the next mood; the last one stays."""
    asked, left = [], list(moods)

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, json.loads(body)))
            mood = left.pop(0) if len(left) > 1 else left[0]
            with suppress(OSError):  # whoever asked has gone
                mood(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv(SETTING, f"http://127.0.0.1:{server.server_port}/town/")
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


def says(told, status=200):
    def mood(service):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        service.send_response(status)
        service.send_header("Content-Length", str(len(body)))
        service.end_headers()
        service.wfile.write(body)

    return mood


def silent(service):
    time.sleep(1.5)


def dripping(service):
    service.send_response(200)
    service.end_headers()
    for _ in range(100):
        service.wfile.write(b" ")
        service.wfile.flush()
        time.sleep(0.05)


def huge(service):
    service.send_response(200)
    service.end_headers()
    for _ in range(1000):
        service.wfile.write(b" " * 10_000)


def ask_gate(pack, number=MOTHER):
    case = uuid4()
    asked = Ask(pack.all(Register)["elsewhere"], {"id_number": number}, ("name", "birth_date"),
                ("police",))  # fmt: skip
    [answer] = gate.read([asked], purpose="newborn", case=case, root=case, by=CLERK)
    return answer


def settled(answer):
    settling.settle(answer.reading)
    return Reading.objects.get(id=answer.reading)


def test_an_answer_comes_by_a_job_and_tells_whom_it_concerns(pack, monkeypatch):
    with source(monkeypatch, says({"rows": [ROW], "as_of": NOW})) as asked:
        answer = ask_gate(pack)

        assert (answer.state, answer.rows, asked) == ("asked", [], [])
        job = ProcrastinateJob.objects.get(task_name="registers.ask_source")
        assert job.args == {"reading": str(answer.reading)}

        reading = settled(answer)

    assert reading.state == "answered"
    assert reading.rows == [{"name": "林岚", "birth_date": "1996-03-08"}]
    assert reading.as_of.isoformat() == "2026-11-21T00:00:00+00:00"
    [(path, question)] = asked
    assert path == "/town/rows"
    assert question == {
        "register": "elsewhere",
        "by": {"id_number": MOTHER},
        "columns": ["birth_date", "id_number", "name"],
        "purpose": "newborn",
        "basis": "《户籍条例》第七条",
        "reference": str(answer.reading),
    }
    acts = acts_about(person_by_number(MOTHER).id).order_by("recorded_at")
    assert [act.what for act in acts if act.what.startswith("register.")] == [
        "register.asked",
        "register.answered",
    ]


def test_the_job_is_gone_when_the_asking_is_rolled_back(pack, monkeypatch):
    monkeypatch.setenv(SETTING, "http://127.0.0.1:9")

    with pytest.raises(ZeroDivisionError), gate.transaction.atomic():
        ask_gate(pack)
        raise ZeroDivisionError

    assert not ProcrastinateJob.objects.exists()
    assert not Reading.objects.exists()


def test_followers_take_the_answer_up_and_it_is_not_kept(pack, monkeypatch):
    taken = []
    monkeypatch.setattr(followers.ANSWERED, "_entries", {"test": lambda r: taken.append(r.rows)})

    with source(monkeypatch, says({"rows": [ROW], "as_of": NOW})):
        reading = settled(ask_gate(pack))

    assert taken == [[{"name": "林岚", "birth_date": "1996-03-08"}]]
    assert (reading.state, reading.rows) == ("answered", None)


def test_an_answer_is_taken_up_once_though_the_job_runs_twice(pack, monkeypatch):
    taken = []
    monkeypatch.setattr(followers.ANSWERED, "_entries", {"test": lambda r: taken.append(r.id)})

    with source(monkeypatch, says({"rows": [ROW], "as_of": NOW})) as asked:
        answer = ask_gate(pack)
        settled(answer)
        settled(answer)

    assert (len(taken), len(asked)) == (1, 1)
    assert Act.objects.filter(what="register.answered").count() == 1


def test_nobody_found_is_an_answer(pack, monkeypatch):
    with source(monkeypatch, says({"rows": [], "as_of": NOW})):
        reading = settled(ask_gate(pack))

    assert (reading.state, reading.rows) == ("none", [])


def test_what_was_not_asked_for_is_not_taken(pack, monkeypatch):
    with source(monkeypatch, says({"rows": [{**ROW, "alive": True, "debts": 9}], "as_of": NOW})):
        reading = settled(ask_gate(pack))

    assert reading.rows == [{"name": "林岚", "birth_date": "1996-03-08"}]


FAILING = [
    (silent, "did not answer in time"),
    (dripping, "did not answer in time"),
    (huge, "answered with more than 256 KiB"),
    (says({}, status=500), "answered with status 500"),
    (says({}, status=404), "answered with status 404"),
    (says(b"<html>"), "answered with something that is not JSON"),
    (says(b"[" * 100_000), "answered with something that is not JSON"),
    (says([]), "answered with JSON that is not an object"),
    (says({"rows": "x", "as_of": NOW}), "answered without a list of rows"),
    (says({"rows": [ROW]}), "answered without saying as of when"),
    (says({"rows": [ROW], "as_of": "2026-11-21"}), "answered without saying as of when"),
    (says({"rows": [ROW], "as_of": "2999-01-01T00:00:00+08:00"}), "as of a moment in the future"),
    (says({"rows": [{**ROW, "id_number": STRANGER}], "as_of": NOW}), "a row nobody asked for"),
    (says({"rows": [{**ROW, "birth_date": 8}], "as_of": NOW}), "birth_date that is no date"),
    (says({"rows": [ROW] * 101, "as_of": NOW}), "more than 100 rows"),
]


@pytest.mark.parametrize(("mood", "error"), FAILING, ids=[error for _, error in FAILING])
def test_a_source_that_fails_is_a_fact_and_its_words_are_not_believed(
    pack, monkeypatch, mood, error
):
    with source(monkeypatch, mood):
        begun = time.monotonic()
        reading = settled(ask_gate(pack))
        spent = time.monotonic() - begun

    assert (reading.state, reading.rows) == ("failed", None)
    assert error in reading.error
    assert spent < 1.4  # the source has 0.6 seconds in all, both tries together
    assert acts_about(person_by_number(MOTHER).id).filter(what="register.failed").exists()


def test_a_source_that_stumbles_once_is_asked_again(pack, monkeypatch):
    good = says({"rows": [ROW], "as_of": NOW})

    with source(monkeypatch, says({}, status=503), good) as asked:
        reading = settled(ask_gate(pack))

    assert (reading.state, len(asked)) == ("answered", 2)


def test_a_source_without_an_address_is_down_at_once(pack, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)

    answer = ask_gate(pack)

    assert answer.state == "failed"
    assert Reading.objects.get().error == sources.NOT_CONFIGURED
    assert not ProcrastinateJob.objects.exists()


def test_a_source_that_keeps_failing_is_left_alone_for_a_while(pack, monkeypatch):
    monkeypatch.setenv(SETTING, "http://127.0.0.1:9")
    for _ in range(3):
        assert settled(ask_gate(pack)).error == sources.DEAD

    assert ask_gate(pack).state == "failed"
    assert Reading.objects.order_by("asked_at").last().error == sources.LEFT_ALONE
    with moment.at(moment.now() + settling.breaker.REST):
        assert ask_gate(pack).state == "asked"


def test_one_good_answer_forgets_the_failures(pack, monkeypatch):
    bad, good = says({}, status=404), says({"rows": [], "as_of": NOW})

    with source(monkeypatch, bad, bad, good, bad, bad):
        states = [settled(ask_gate(pack)).state for _ in range(5)]

    assert states == ["failed", "failed", "none", "failed", "failed"]
    assert settling.breaker.shut(["elsewhere"]) == frozenset()
