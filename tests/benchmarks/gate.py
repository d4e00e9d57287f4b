"""Reads of a register through the gate in a second: over HTTP, with permission, record and answer;
beside the very same reads without it."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.figure import latencies, rounded, say, tell
from tests.benchmarks.people import BY, mothers
from tests.benchmarks.town import Town
from tests.benchmarks.visits import Visit, get, signed_in
from tests.benchmarks.wire import Run, Wire, by_all, faults_in_words
from yiwang.identity.actions import open_account, register_staff
from yiwang.ledger.models import Act
from yiwang.registers.models import Reading
from yiwang.web.supervisor.spawn import spawn

FIRST = 160_000  # apart from the people of the other benchmarks
PEOPLE, READS = 2000, 6000
TOGETHER = 10
GOAL = 500  # reads a second


@dataclass(frozen=True)
class Clerk:
    """Whom the session is of."""

    account: Any


def run(town: Town) -> None:
    """`gate` (one person a request) and `gate.ten` (ten together)."""
    numbers = [one.person.id_number for one in mothers(PEOPLE, first=FIRST)]
    visit = _clerk()
    _serve(town)
    for name, together in (("gate", 1), ("gate.ten", TOGETHER)):
        wanted = [numbers[n % PEOPLE] for n in range(READS)]
        groups = [",".join(wanted[n : n + together]) for n in range(0, READS, together)]
        cases = groups[: PEOPLE // together]  # a case is there before it is read for
        by_all(_requests(visit, "gated", cases), _asking(town.port, together))
        acts, readings = Act.objects.count(), Reading.objects.count()
        gated = by_all(_requests(visit, "gated", groups), _asking(town.port, together))
        recorded = Act.objects.count() - acts, Reading.objects.count() - readings
        bare = by_all(_requests(visit, "bare", groups), _asking(town.port, together))
        for done in (gated, bare):
            if done.faults:
                raise SystemExit(f"{name}: {faults_in_words(done)}\n{town.said('window')}")
        if recorded != (READS, READS):
            raise SystemExit(f"{name}: {READS} reads left {recorded} acts and readings")
        _tell(name, gated, bare, together)
    town.stop()


def _tell(name: str, gated: Run, bare: Run, together: int) -> None:
    rate, without = gated.rate * together, bare.rate * together
    tell(
        name, rate, "reads/s", goal=GOAL, people_a_request=together, **latencies(gated.seconds),
        without_the_gate=rounded(without), ratio=rounded(rate / without),
        acts_recorded=READS,
    )  # fmt: skip


def _clerk() -> Visit:
    staff = register_staff(name="周明", number="bench-gate", department="public-security",
                           roles=["household-officer"], by=BY)  # fmt: skip
    return signed_in(Clerk(open_account("bench-gate", None, by=BY, staff=staff, password_hash="!")))  # type: ignore[arg-type]


def _serve(town: Town) -> None:
    """The city's pages and the window, by granian as `yiwang web` runs it."""
    town.running["window"] = spawn(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(town.port), "--workers", "2", "--blocking-threads", "4", "--no-ws",
         "tests.benchmarks.window:application"],
        last=signal.SIGTERM, log=town.home / "window.log",
    )  # fmt: skip
    town._await_pages("window")
    say("gate: the window answers")


def _requests(visit: Visit, view: str, groups: Sequence[str]) -> list[bytes]:
    return [get(visit, f"/api/bench/{view}?of={group}") for group in groups]


def _asking(port: int, together: int) -> Callable[[int], Callable[[bytes], str]]:
    def open_one(_: int) -> Callable[[bytes], str]:
        wire = Wire(port)

        def do(request: bytes) -> str:
            status, _headers, body = wire.ask(request)
            if status != 200:
                return f"answered {status}"
            rows = json.loads(body)["rows"]
            good = len(rows) == together and all(one and one[0].get("name") for one in rows)
            return "" if good else f"answered {body[:80]!r}"

        return do

    return open_one
