"""A city in a hard minute: writers and sealers as processes of their own, killed at any point.

Run as a script by `test_crashes`: forks writers and sealers, kills one every few hundredths of a
second (kill -9) and starts another in its place, watches what is published, and prints what it saw
as JSON. Writers hold transactions open, roll them back, or are killed within.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "yiwang.web.settings"
django.setup()

from django.db import DatabaseError, connection, transaction  # noqa: E402

from yiwang.ledger import sequencer  # noqa: E402
from yiwang.ledger.actions import Actor, record  # noqa: E402
from yiwang.ledger.sealer import published_path, seal  # noqa: E402

SEALERS, WRITERS = 3, 2


def main(seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    jobs: dict[int, Callable[[int], None]] = {}
    for work in [seal_for_ever] * SEALERS + [write_for_ever] * WRITERS:
        jobs[born(work, chance)] = work
    notes, kills, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.01, 0.12))
        notes = watched(notes)
        victim = chance.choice(list(jobs))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        work = jobs.pop(victim)
        jobs[born(work, chance)] = work
        kills += 1
    for one in jobs:
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
    print(json.dumps({"notes": watched(notes), "kills": kills}))


def born(work: Callable[[int], None], chance: random.Random) -> int:
    """A process of its own that does this until it is killed."""
    seed = chance.getrandbits(32)
    child = os.fork()
    if child == 0:
        try:
            work(seed)
        finally:
            os._exit(1)
    return child


def watched(notes: list[str]) -> list[str]:
    """What is published now, added to what was seen before."""
    try:
        now = published_path().read_text()
    except FileNotFoundError:
        return notes
    return notes if notes and notes[-1] == now else [*notes, now]


def seal_for_ever(seed: int) -> None:
    while True:
        try:
            sequencer.place()
            seal()
        except DatabaseError:
            time.sleep(0.01)


def write_for_ever(seed: int) -> None:
    chance = random.Random(seed)
    while True:
        ending = chance.choice(["commit", "commit", "commit", "hold", "back", "die"])
        with transaction.atomic():
            for _ in range(chance.randint(1, 40)):
                record("case.accepted", by=Actor("job", ending), about=[uuid4()], case=uuid4())
            if ending == "hold":
                time.sleep(chance.uniform(0.05, 0.4))
            if ending == "back":
                transaction.set_rollback(True)
            if ending == "die":
                connection.cursor().execute("SELECT 1")
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
