"""A whole register read in bulk: bytes a person, what recording adds; and how long a person's page
takes after a thousand such reads."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from tests.benchmarks.figure import latencies, rounded, say, tell
from tests.benchmarks.people import BY, mothers
from tests.benchmarks.town import Town
from tests.benchmarks.visits import get, signed_in
from tests.benchmarks.wire import Wire
from yiwang.kernel.ids import new_id
from yiwang.ledger import keys
from yiwang.pack.queries import current
from yiwang.registers import bulk
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.registers.models import BulkRead

PEOPLE = 1_000_000
FIRST = 170_000  # apart from the people of the other benchmarks
READS = 1000
TIMES = 40
GOAL_BYTES, GOAL_MS = 40, 100
COLUMNS = ("name", "birth_date", "hukou_division")


def run(town: Town) -> None:
    """`bulk` and `bulk.page`."""
    (mother,) = mothers(1, first=FIRST)
    population = current().get(Register, "population")
    say(f"bulk: loading {PEOPLE} people")
    load_rows(population, _people(), by=BY)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registers_row")
    _bare(population)  # so that both find the table in memory
    began = time.perf_counter()
    _bare(population)
    bare = time.perf_counter() - began
    began = time.perf_counter()
    steward = population.steward
    found = bulk.read_all(population, COLUMNS, department=steward, purpose="bench", by=BY)
    took = time.perf_counter() - began
    file = bulk.path_of(found.read.id)
    tell(
        "bulk", file.stat().st_size / found.read.people, "bytes/person", goal=GOAL_BYTES,
        people=found.read.people, seconds=rounded(took), without_recording_s=rounded(bare),
        added_percent=rounded(100 * (took - bare) / bare),
    )  # fmt: skip
    _again(found.read)
    town.start("web")
    wire, request = Wire(town.port), get(signed_in(mother), "/my/data/")
    seconds = []
    for n in range(TIMES + 3):
        began = time.perf_counter()
        status, _headers, body = wire.ask(request)
        if status != 200 or b"/my/data/bulk/" not in body:
            raise SystemExit(f"bulk: answered {status}\n{town.said('web')}")
        if n >= 3:
            seconds.append(time.perf_counter() - began)
    told = latencies(seconds)
    p95 = told.pop("p95_ms")
    tell("bulk.page", p95, "ms", goal=GOAL_MS, bulk_reads=READS, people=PEOPLE, **told)
    town.stop()


def _people() -> Iterator[dict[str, Any]]:
    for n in range(PEOPLE):
        yield {"id_number": f"99{n:016d}", "name": "沈远", "birth_date": "1990-01-01",
               "hukou_division": "d"}  # fmt: skip


@transaction.atomic
def _bare(population: Register) -> None:
    """The same rows, with nothing recorded."""
    bulk._rows(population, [*COLUMNS, *population.about])


def _again(read: BulkRead) -> None:
    """As many reads as a department makes in three years. Their files are links to the first, so
    they are blinded alike; each is opened and searched by itself all the same."""
    key = keys.unwrap(bytes(read.key), read.id.bytes)
    for _ in range(READS - 1):
        id = new_id()
        os.link(bulk.path_of(read.id), bulk.path_of(id))
        one = BulkRead.objects.get(pk=read.pk)
        one.pk, one.key = id, keys.wrap(key, id.bytes)
        one.save(force_insert=True)
    say(f"bulk: {READS} reads are there")
