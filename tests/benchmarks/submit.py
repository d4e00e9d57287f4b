"""How many prepared drafts can be sent in a second, beside bare psycopg writing the same rows."""

from __future__ import annotations

import time
from collections.abc import Sequence

import psycopg

from tests.benchmarks.cost import costing, each
from tests.benchmarks.drafts import Draft, prepared
from tests.benchmarks.figure import latencies, rounded, say, tell
from tests.benchmarks.peer import Written, beside, watching
from tests.benchmarks.people import mothers
from tests.benchmarks.town import Town
from tests.benchmarks.visits import sending
from tests.benchmarks.wire import CONNECTIONS, Wire, by_all, faults_in_words, http

WARM = 48
BUNDLES, ITEMS, ONE_BY_ONE = 240, 480, 20
PEERS = 1000
BEHIND = ("worker", "sequencer")  # what else `yiwang up` runs
SAMPLE = 1  # the draft whose rows are read back for the peer


def run(town: Town) -> None:
    """`submit.bundle`, `submit.item`, `submit.instant`."""
    people = mothers(SAMPLE + BUNDLES + WARM + ONE_BY_ONE + SAMPLE + ITEMS + WARM)
    cut = SAMPLE + BUNDLES + WARM + ONE_BY_ONE
    say(f"preparing {cut} bundles")
    bundles = prepared(people[:cut], "bundle", "newborn")
    town.start("web")
    alone, bundles = bundles[:ONE_BY_ONE], bundles[ONE_BY_ONE:]
    granted = _submit(town, "submit.bundle", bundles)
    _instant(town, alone, granted)
    say(f"preparing {len(people) - cut} items")
    _submit(town, "submit.item", prepared(people[cut:], "service", "child-care-guidance"))
    town.stop()


def _submit(town: Town, name: str, drafts: Sequence[Draft]) -> float:
    """Measure one kind; gives the items granted by rule each second meanwhile."""
    _forget_jobs(town)
    requests = [sending(draft) for draft in drafts]
    with watching(town.url) as written:
        _send(town, requests[0])
    say(f"{name}: the peer writes {sum(written.counts.values())} rows a sending")
    peer, counts = beside(town.url, written, drafts[0].number, PEERS)
    _compare(written, counts)
    town.start(*BEHIND)
    _await_worker(town)
    by_all(requests[SAMPLE : SAMPLE + WARM], http(town.port))
    say(f"{name}: sending {len(requests) - SAMPLE - WARM} over {CONNECTIONS} connections")
    granted = _granted(town)
    with costing(town) as spent:
        sent = by_all(requests[SAMPLE + WARM :], http(town.port))
    granted = (_granted(town) - granted) / sent.elapsed
    town.stop(*BEHIND)
    _forget_jobs(town)
    if sent.faults:
        raise SystemExit(f"{name}: {faults_in_words(sent)}\n{town.said('web')}")
    _must_stand(town, drafts, len(written.added.get("cases_case", ())))
    tell(
        name, sent.rate, "1/s", **latencies(sent.seconds), connections=CONNECTIONS,
        count=len(sent.seconds), rows=sum(written.counts.values()),
        cpu_ms_each=each(spent, len(sent.seconds)),
        beside={"psycopg": rounded(peer.rate), "psycopg_p99_ms": latencies(peer.seconds)["p99_ms"],
                "ratio": rounded(sent.rate / peer.rate)},
    )  # fmt: skip
    return granted


def _send(town: Town, request: bytes) -> None:
    if fault := http(town.port)(0)(request):
        raise SystemExit(f"sending failed: {fault}\n{town.said('web')}")


def _compare(written: Written, counts: dict[str, float]) -> None:
    """Say, table by table, how many rows each of the two adds."""
    for table, rows in sorted(written.added.items()):
        same = "same" if counts[table] == len(rows) else "NOT THE SAME"
        say(f"    {table}: {len(rows)} rows, psycopg {counts[table]:g}: {same}")
    for table, rows in sorted(written.changed.items()):
        say(f"    {table}: {len(rows)} changed by both")
    if any(counts[table] != len(rows) for table, rows in written.added.items()):
        raise SystemExit("the peer did not write the same rows")


def _instant(town: Town, drafts: Sequence[Draft], granted: float) -> None:
    """From pressing the button to every instant decision there, one after the other."""
    town.start(*BEHIND)
    wire, took = Wire(town.port), []
    _await_worker(town)
    with psycopg.connect(town.url, autocommit=True) as db:
        for draft in drafts:
            request = sending(draft)
            began = time.perf_counter()
            wire.ask(request)
            while not _decided(db, draft):
                time.sleep(0.002)
            took.append(time.perf_counter() - began)
    town.stop(*BEHIND)
    found = latencies(took)
    tell("submit.instant", found["p50_ms"], "ms", **found, count=len(took), connections=1,
         items_granted_per_s_while_sending_at_full_rate=rounded(granted))  # fmt: skip


def _decided(db: psycopg.Connection, draft: Draft) -> bool:
    """Whether no instant item is open any more: `case.decided_at_once` closes the transaction."""
    done = db.execute("SELECT 1 FROM ledger_act WHERE root = %s AND what = 'case.decided_at_once'",
                      [draft.id])  # fmt: skip
    return done.fetchone() is not None


def _await_worker(town: Town) -> None:
    """Measured is a city whose worker is at work, not one that is still starting it."""
    deadline = time.monotonic() + 30
    with psycopg.connect(town.url, autocommit=True) as db:
        while time.monotonic() < deadline:
            seen = db.execute("SELECT 1 FROM procrastinate_workers "
                              "WHERE last_heartbeat > now() - interval '20 s'")  # fmt: skip
            if seen.fetchone():
                time.sleep(0.5)
                return
            time.sleep(0.1)
    raise SystemExit(f"the worker did not start: {town.said('worker')}")


def _must_stand(town: Town, drafts: Sequence[Draft], children: int) -> None:
    """Every draft was sent once, and has as many cases as the one whose rows were read back."""
    with psycopg.connect(town.url, autocommit=True) as db:
        found = db.execute(
            "SELECT count(*) FROM cases_case root WHERE id = ANY(%s) AND submitted_at IS NOT NULL "
            "AND (SELECT count(*) FROM cases_case WHERE parent_id = root.id) = %s",
            [[draft.id for draft in drafts], children],
        ).fetchone()
    if not found or found[0] != len(drafts):
        raise SystemExit(f"{found} of {len(drafts)} drafts became whole matters")


def _granted(town: Town) -> int:
    with psycopg.connect(town.url, autocommit=True) as db:
        found = db.execute("SELECT count(*) FROM cases_case WHERE by_rule").fetchone()
    return int(found[0]) if found else 0


def _forget_jobs(town: Town) -> None:
    """What preparing left for the worker is not part of what is measured."""
    with psycopg.connect(town.url, autocommit=True) as db:
        db.execute("DELETE FROM procrastinate_jobs")
