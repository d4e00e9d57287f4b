"""From an answer posted to the next page in hand, while a register outside hangs."""

from __future__ import annotations

import html
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import psycopg

from tests.benchmarks.drafts import ANSWERS
from tests.benchmarks.figure import latencies, say, tell
from tests.benchmarks.people import Mother, mothers
from tests.benchmarks.town import Town
from tests.benchmarks.visits import Visit, get, post, signed_in
from tests.benchmarks.wire import Wire, by_all, faults_in_words

QUIET, BUSY = (2, 16), (8, 32)  # how many at once, how many people in all
WARM = 8
FIRST = 100_000  # apart from the people of the other benchmarks
PATIENCE = 10.0  # seconds a page may say that it waits for a register
MORE = {  # what a silent register leaves to be asked of the father
    "name": "沈远", "sex": "male", "birth_date": "1988-03-04", "ethnic_group": "01",
    "hukou_city": "linjiang", "hukou_kind": "family", "alive": "yes", "exists": "yes",
}  # fmt: skip
ASK = re.compile(rb'name="ask" value="([^"]+)"')


@dataclass
class Noted:
    """Seconds from each answer to the next page, and questions a register left to the person."""

    seconds: list[float] = field(default_factory=list)
    asked_instead: int = 0


class Person:
    """One person with a browser, going through the questions of a birth."""

    def __init__(self, wire: Wire, visit: Visit, noted: Noted) -> None:
        self.wire, self.visit, self.noted = wire, visit, noted

    def go(self) -> str:
        """From the guide to the summary; "" or what went wrong."""
        start = post(self.visit, "/my/start/things/newborn/", {"role": "mother"})
        path, page, status = self._page(start)
        patience = time.monotonic() + PATIENCE
        while status == 200 and not path.endswith(("/check/", "/papers/")):
            asks = [html.unescape(name.decode()) for name in ASK.findall(page)]
            if asks:
                path, page, status = self._answer(path, asks)
                patience = time.monotonic() + PATIENCE
            elif time.monotonic() > patience:
                return f"{path} goes on waiting"
            else:
                time.sleep(0.25)
                path, page, status = self._page(get(self.visit, path))
        return "" if status == 200 and path.endswith("/check/") else f"{path} answered {status}"

    def _answer(self, path: str, asks: list[str]) -> tuple[str, bytes, int]:
        form = [("ask", name) for name in asks] + [(name, self._said(name)) for name in asks]
        request = post(self.visit, path, form)
        began = time.perf_counter()
        found = self._page(request)
        self.noted.seconds.append(time.perf_counter() - began)
        return found

    def _said(self, name: str) -> str:
        party, _, element, _ = name.split("--")
        if party == "father":
            self.noted.asked_instead += 1
            return MORE[element]
        return ANSWERS[f"{party}.{element}"]

    def _page(self, request: bytes) -> tuple[str, bytes, int]:
        """Where it led, redirects followed."""
        path = request.split(b" ", 2)[1].decode()
        status, headers, body = self.wire.ask(request)
        while status == 302:
            path = headers["location"]
            status, headers, body = self.wire.ask(get(self.visit, path))
        return path, body, status


def run(town: Town) -> None:
    """`ask` with one person at each core, `ask.busy` with one at each thread of the pages."""
    people = mothers(WARM + QUIET[1] + BUSY[1], first=FIRST, away=True)
    with _hanging() as address:
        _forget_jobs(town)
        town.start("web", "worker", "sequencer", YIWANG_SOURCE_LINJIANG=address)
        by_all(people[:WARM], _visitors(town, Noted()), connections=QUIET[0])
        _measure(town, "ask", people[WARM : WARM + QUIET[1]], QUIET[0])
        _measure(town, "ask.busy", people[WARM + QUIET[1] :], BUSY[0])
        town.stop()


def _measure(town: Town, name: str, people: Sequence[Mother], at_once: int) -> None:
    noted, before = Noted(), _hung(town)
    say(f"{name}: {len(people)} people, {at_once} at once")
    done = by_all(people, _visitors(town, noted), connections=at_once)
    if done.faults:
        raise SystemExit(f"{name}: {faults_in_words(done)}\n{town.said('web')}")
    found = latencies(noted.seconds)
    tell(
        name, found["p95_ms"], "ms", **found, count=len(noted.seconds), connections=at_once,
        hanging_reads=_hung(town) - before, asked_instead=noted.asked_instead,
        beside={"limit_p95_ms": 100},
    )  # fmt: skip


def _hung(town: Town) -> int:
    """How often the silent register was really asked."""
    with psycopg.connect(town.url, autocommit=True) as db:
        found = db.execute("SELECT count(*) FROM registers_reading WHERE act IS NOT NULL "
                           "AND register = 'linjiang-population'").fetchone()  # fmt: skip
    return int(found[0]) if found else 0


def _forget_jobs(town: Town) -> None:
    with psycopg.connect(town.url, autocommit=True) as db:
        db.execute("DELETE FROM procrastinate_jobs")


def _visitors(town: Town, noted: Noted) -> Callable[[int], Callable[[Mother], str]]:
    def open_one(_: int) -> Callable[[Mother], str]:
        wire = Wire(town.port)
        db = psycopg.connect(town.url, autocommit=True)

        def do(mother: Mother) -> str:
            db.execute("DELETE FROM registers_breaker")  # or the source is soon left alone
            return Person(wire, signed_in(mother), noted).go()

        return do

    return open_one


@contextmanager
def _hanging() -> Iterator[str]:
    """The address of a service that takes every call and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=512)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            for one in held:
                one.close()
