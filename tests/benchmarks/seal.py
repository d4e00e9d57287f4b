"""From commit to proof in hand, catching up, proofs and verification, beside bare hashing and
another tree of the same shape (pymerkle, in memory)."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from pymerkle import InmemoryTree

from tests.benchmarks.figure import latencies, rounded, say, tell
from tests.benchmarks.town import Town
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, Deed, record_all
from yiwang.ledger.merkle import HASH, inclusion_proof, leaf_hash, verify_inclusion
from yiwang.ledger.models import Act, Checkpoint, Log, Tile
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import Signer, signed
from yiwang.ledger.sealer import tree
from yiwang.ledger.tiles import WIDTH, Tree, bundle, every, grow, parse_path
from yiwang.ledger.verify import verify_log

BY = Actor("job", "benchmark")
RATE, SECONDS = 500, 15
BEHIND = 100_000
TALL = 10_000_000
PEER = 100_000
WHOLE = 1_000_000
BULK = """
    -- As many acts as a city writes in a while, by one statement.
    INSERT INTO ledger_act
    SELECT (jsonb_populate_record(act, jsonb_build_object('id', gen_random_uuid()))).*
    FROM ledger_act AS act, generate_series(1, %s) WHERE act.id = %s
"""


def run(town: Town) -> None:
    """`seal.latency`, `seal.catch_up`, `seal.proof`, `seal.verify`."""
    bare = _bare()
    town.start("sequencer")
    _await_seal()
    _latency()
    _catch_up(bare)
    town.stop("sequencer")
    _proof()
    _verify(bare)


def _await_seal() -> None:
    """Until the sequencer has come up and sealed what was there."""
    with transaction.atomic():
        record_all([Deed("bench.first", BY)])
    while not Checkpoint.objects.filter(size__gte=Act.objects.count()).exists():
        time.sleep(0.1)


def _latency() -> None:
    """Acts at a steady rate, each timed from its commit until a checkpoint covers it."""
    say(f"seal: {RATE} acts a second for {SECONDS} s")
    committed: dict[object, float] = {}
    stop = threading.Event()
    seen: list[tuple[float, int]] = []

    def watch() -> None:
        while not stop.is_set():
            last = Checkpoint.objects.order_by("-at").values_list("size", flat=True).first()
            seen.append((time.perf_counter(), last or 0))
            time.sleep(0.02)
        connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    for n in range(RATE * SECONDS // 10):
        with transaction.atomic():
            acts = record_all(Deed("bench.act", BY, body={"n": n}) for _ in range(10))
        at = time.perf_counter()
        committed.update((act.id, at) for act in acts)
        time.sleep(max(0.0, began + (n + 1) * 10 / RATE - time.perf_counter()))
    time.sleep(3)
    stop.set()
    watcher.join()
    places = dict(Act.objects.filter(id__in=list(committed)).values_list("id", "place__position"))
    waits = []
    for id, at in committed.items():
        covered = next((when for when, size in seen if size > places[id]), None)
        waits.append((covered or float("inf")) - at)
    took = len(committed) / RATE
    tell("seal.latency", sorted(waits)[len(waits) * 99 // 100], "s", limit=2.0,
         acts=len(waits), rate=RATE, seconds=rounded(took), **latencies(waits))  # fmt: skip


def _catch_up(bare: dict[str, float]) -> None:
    say(f"seal: catching up with {BEHIND} acts")
    some = Act.objects.order_by("recorded_at").last()
    with connection.cursor() as cursor:
        cursor.execute(BULK, [BEHIND, some.id])
    total = Act.objects.count()
    began = time.perf_counter()
    while not Checkpoint.objects.filter(size__gte=total).exists():
        if time.perf_counter() - began > 120:
            break
        time.sleep(0.05)
    took = time.perf_counter() - began
    done = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    tell("seal.catch_up", (done - total + BEHIND) / took, "1/s", limit=10_000, beside=bare)


def _proof() -> None:
    """Proofs among ten million leaves, their tiles in the database."""
    say(f"seal: a tree of {TALL} leaves")
    log = Log.objects.create(
        origin="bench/tall", began_at=moment.real_now(), ended_at=moment.real_now()
    )
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY ledger_tile (log_id, level, index, hashes) FROM STDIN") as copy,
    ):
        for (level, index), hashes in _grown(TALL).items():
            copy.write_row((log.pk, level, index, hashes))
    random = Random(7)
    root = tree(log, TALL).root
    times = []
    for index in (random.randrange(TALL) for _ in range(500)):
        began = time.perf_counter()
        proof = inclusion_proof(tree(log, TALL).mth, index, TALL)
        times.append(time.perf_counter() - began)
        assert verify_inclusion(index=index, size=TALL, leaf=_leaf(index), proof=proof, root=root)
    told = latencies(times)
    tell("seal.proof", told["p95_ms"], "ms", limit=5.0, leaves=TALL, **told, beside=_peer())
    Tile.objects.filter(log=log).delete()
    log.delete()


def _peer() -> dict[str, float]:
    """What pymerkle does with fewer leaves and no database."""
    other = InmemoryTree(algorithm="sha256")
    began = time.perf_counter()
    for n in range(PEER):
        other.append_entry(n.to_bytes(8))
    grown = PEER / (time.perf_counter() - began)
    random, times = Random(7), []
    for index in (random.randrange(PEER) for _ in range(100)):
        began = time.perf_counter()
        other.prove_inclusion(index + 1, PEER)
        times.append(time.perf_counter() - began)
    return {"pymerkle_leaves": PEER, "pymerkle_append_1/s": rounded(grown),
            "pymerkle_p95_ms": latencies(times)["p95_ms"]}  # fmt: skip


def _grown(size: int) -> dict[tuple[int, int], bytes]:
    tiles: dict[tuple[int, int], bytes] = {}
    step = 1 << 18
    for first in range(0, size, step):
        leaves = [_leaf(n) for n in range(first, min(size, first + step))]
        tiles.update(grow(lambda *key: tiles.get(key, b""), first, leaves))
    return tiles


def _entry(index: int) -> bytes:
    return hashlib.sha256(index.to_bytes(8, "big")).digest()


def _leaf(index: int) -> bytes:
    return leaf_hash(_entry(index))


def _verify(bare: dict[str, float]) -> None:
    """A whole published log of a million acts, checked as an outsider does."""
    say(f"seal: verifying a log of {WHOLE}")
    tiles = _grown(WHOLE)
    signer = Signer("bench/log", Ed25519PrivateKey.generate().private_bytes_raw())
    root = Tree(lambda *key: tiles.get(key, b""), WHOLE).root
    note = signed(Signed("bench/log", WHOLE, root).text, [signer])

    def source(path: str) -> bytes | None:
        if path == "checkpoint":
            return note.encode()
        level, index, width = parse_path(path) or (0, 0, 0)
        if level is None:
            return bundle([_entry(index * WIDTH + n) for n in range(width)])
        return tiles[level, index][: width * HASH]

    took = _timed(lambda: verify_log(source, [signer.verifier]).sound)
    hashes = 2 * WHOLE
    tell("seal.verify", WHOLE / took, "1/s", seconds=rounded(took), acts=WHOLE,
         tiles=len(list(every(WHOLE))),
         beside=bare | {"of_bare_sha256": rounded(hashes / bare["sha256_1/s"] / took)})  # fmt: skip


def _timed(check: Callable[[], bool]) -> float:
    began = time.perf_counter()
    if not check():
        raise SystemExit("the log did not verify")
    return time.perf_counter() - began


def _bare() -> dict[str, float]:
    """What one core hashes and signs, with nothing around it."""
    block, key = bytes(65), Ed25519PrivateKey.generate()
    return {
        "sha256_1/s": rounded(_rate(lambda: hashlib.sha256(block).digest())),
        "ed25519_sign_1/s": rounded(_rate(lambda: key.sign(block))),
    }


def _rate(do: Callable[[], object]) -> float:
    count, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < 1.0:
        for _ in range(500):
            do()
        count += 500
    return count / took
