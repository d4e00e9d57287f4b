"""What people say against the real catalogue of a province: is the right item found, how fast."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import yaml

from tests.benchmarks.figure import latencies, rounded, say, tell
from tests.benchmarks.town import Town
from tests.benchmarks.wire import Run, Wire, by_all, faults_in_words
from yiwang.pack.queries import current
from yiwang.search.queries import find
from yiwang.web.environment import CHECKOUT

WHERE = Path("shared") / "data" / "service_items" / "zhongshan" / "policy.json"
CITY = CHECKOUT / "packs" / "jiangcheng"
PHRASINGS = Path(__file__).parent / "phrasings.yaml"
OFFICE = 19  # signs of a task code that name the office
ROUNDS = 4
DURATION = re.compile(r"dur=([\d.]+)")


def run(town: Town) -> None:
    """`found` on the phrasings known and held back; `catalogue.search` over HTTP."""
    export = next((one / WHERE for one in CHECKOUT.parents if (one / WHERE).exists()), None)
    if export is None:
        say(f"found: skipped, the real export is not at ../{WHERE}")
        return
    layer = town.home / "layer"
    _yiwang("services", "import", str(export), "--into", str(layer))
    _yiwang("pack", "load", str(CITY), "--over", str(layer))
    phrasings = yaml.safe_load(PHRASINGS.read_text())
    _tell_found(phrasings)
    town.start("web")
    try:
        _tell_search(town, [one["said"] for part in phrasings.values() for one in part])
    finally:
        town.stop("web")


def _tell_found(phrasings: dict[str, list[dict[str, Any]]]) -> None:
    counted = {part: _counted(part, some) for part, some in phrasings.items()}
    number = sum(len(some) for some in phrasings.values())
    first, three = (sum(one[n] for one in counted.values()) for n in (0, 1))
    shares = {
        f"{part}_{name}": rounded(counted[part][n] / len(some))
        for part, some in phrasings.items()
        for n, name in enumerate(("first", "first_three"))
    }
    tell("found", first / number, "share first", first_three=rounded(three / number),
         phrasings=number, **shares)  # fmt: skip


def _counted(part: str, phrasings: list[dict[str, Any]]) -> tuple[int, int]:
    """How many have a right item first, and among the first three; the misses are told."""
    first = three = 0
    for one in phrasings:
        hits = [hit.document for hit in find(current(), one["said"]).hits[:3]]
        right = [_answers(document.id, one["right"]) for document in hits]
        first += right[:1] == [True]
        three += any(right)
        if right[:1] != [True]:
            titles = " | ".join(document.title.zh for document in hits)
            say(f"found: {part}: {one['said']} gives {titles or 'nothing'}")
    return first, three


def _answers(id: str, right: list[str]) -> bool:
    return any(id == one or (one.isdigit() and id[OFFICE:].startswith(one)) for one in right)


def _tell_search(town: Town, said: list[str]) -> None:
    """The page of results, beside a scan of PostgreSQL by ILIKE: for questions nobody asked before
    (each phrasing with a number of its own behind it), and for the phrasings asked again."""
    beside = {"postgresql_ilike": _scanned(town, said)}
    for users in (1, 16):
        fresh = [f"{one} {users}{n}" for n in range(ROUNDS) for one in said]
        _asked(town, said, users)  # warm
        for name, questions in (("catalogue.search", fresh),
                                ("catalogue.search.again", said * ROUNDS)):  # fmt: skip
            run, inside = _asked(town, questions, users)
            told = latencies(inside)
            tell(name, told["p95_ms"], "ms in the server, p95", users=users, **told,
                 at_the_client=latencies(run.seconds), searches_per_s=rounded(run.rate),
                 beside={"limit_ms": 20, **beside})  # fmt: skip


def _asked(town: Town, questions: list[str], users: int) -> tuple[Run, list[float]]:
    """Ask all of these; what the server says each took, in seconds."""
    inside: list[float] = []
    work = [f"GET /search/?q={quote(one)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
            for one in questions]  # fmt: skip
    run = by_all(work, lambda _: _asking(town.port, inside), connections=users)
    if run.faults:
        raise SystemExit(f"catalogue.search: {faults_in_words(run)}")
    return run, inside


def _asking(port: int, inside: list[float]):
    wire = Wire(port)

    def ask(request: bytes) -> str:
        status, headers, _body = wire.ask(request)
        found = DURATION.search(headers.get("server-timing", ""))
        if status != 200 or found is None:
            return f"answered {status}"
        inside.append(float(found.group(1)) / 1000)
        return ""

    return ask


def _scanned(town: Town, said: list[str]) -> dict[str, float]:
    """The same queries as a plain scan for the words as typed; how many of them find anything."""
    rows = [(one.document.title.zh, one.document.body) for one in _all()]
    sql = "SELECT title FROM guide WHERE title ILIKE %s OR body ILIKE %s LIMIT 20"
    seconds, answered = [], 0
    with psycopg.connect(town.url) as db:
        db.execute("CREATE TEMP TABLE guide (title text, body text)")
        with db.cursor().copy("COPY guide FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        for query in said:
            began = time.perf_counter()
            answered += bool(db.execute(sql, (f"%{query}%", f"%{query}%")).fetchall())
            seconds.append(time.perf_counter() - began)
    return {**latencies(seconds), "queries_with_an_answer": answered}


def _all():
    return find(current(), "", {"place": "省级"}).hits + find(current(), "", {"place": "市级"}).hits


def _yiwang(*words: str) -> None:
    command = [sys.executable, "-m", "yiwang.web", *words]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    say(" ".join(words[:2]) + ": " + (done.stdout.strip().splitlines() or [""])[-1])
