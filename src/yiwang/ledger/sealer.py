"""Sealing: hashing placed acts into the open log's tree, then signing and publishing its head.

Hashing moves the head by compare-and-set, in one transaction with the tiles; only what moved is
signed. Whatever ends between two steps is taken up by the next round, of this machine or another. A
signature says the same however often it is made: Ed25519 over origin, size and root.

The checkpoint is also kept outside the database (`LEDGER_ROOT/checkpoint`). A database that was
restored behind it, or holds another history, signs nothing any more: `succession` begins a new log.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from yiwang.kernel import moment
from yiwang.kernel.errors import Defect
from yiwang.ledger import log_keys
from yiwang.ledger.merkle import empty_root, leaf_hash
from yiwang.ledger.models import Checkpoint, Head, Log
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import Malformed, NotSigned, opened, signed
from yiwang.ledger.statement import run
from yiwang.ledger.tiles import Read, Tree, grow

BATCH = 50_000
LOCK = 0x79695365  # "yiSe"

ALONE = "SELECT pg_advisory_xact_lock(%s)"
UNSEALED = """
    -- Digests of the acts placed from a position on, in their order.
    SELECT place.position, act.digest FROM ledger_position AS place
    JOIN ledger_act AS act ON act.id = place.act_id
    WHERE place.position >= %(size)s ORDER BY place.position LIMIT %(limit)s
"""
TILE = """
    -- One tile of a log, as far as it is filled.
    SELECT hashes FROM ledger_tile
    WHERE log_id = %(log)s AND level = %(level)s AND index = %(index)s
"""
GROW = """
    INSERT INTO ledger_tile (log_id, level, index, hashes) VALUES (%s, %s, %s, %s)
    ON CONFLICT (log_id, level, index) DO UPDATE SET hashes = excluded.hashes
"""


class RestoredBehind(Defect):
    """This database does not continue what was published under this log's name."""


def seal() -> int:
    """Hash what was placed since, sign the head and publish it; returns how many acts were added.

    Raises RestoredBehind where the published checkpoint is not part of this database's log.
    """
    added = 0
    while n := _advance():
        added += n
    _sign()
    return added


def open_log() -> Log | None:
    """The log that is open; None before the first act was sealed."""
    return Log.objects.filter(ended_at=None).first()


@transaction.atomic
def _advance() -> int:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [LOCK])
        log = open_log() or begin()
        head = Head.objects.select_for_update().get(log=log)
        cursor.execute(UNSEALED, {"size": head.size, "limit": BATCH})
        rows = cursor.fetchall()
        if not rows:
            return 0
        _must_be_gapless(rows, head.size)
        _must_continue(log, head)
        leaves = [leaf_hash(bytes(digest)) for _, digest in rows]
        changed = grow(_reader(log), head.size, leaves)
        cursor.executemany(GROW, [(log.pk, *key, hashes) for key, hashes in changed.items()])
        size = head.size + len(leaves)
        root = tree(log, size).root
        moved = Head.objects.filter(log=log, size=head.size).update(size=size, root=root)
        if moved != 1:
            raise Defect("the head of the log moved while it was locked")
    return len(leaves)


def _must_be_gapless(rows: list[tuple[int, bytes]], size: int) -> None:
    if rows[0][0] != size or rows[-1][0] != size + len(rows) - 1:
        raise Defect(f"the log has a gap after position {size - 1}")


def begin(*, origin: str = "", succession: str = "") -> Log:
    """Begin a log, in the caller's transaction, with a key of its own."""
    log = Log.objects.create(
        origin=origin or settings.LEDGER_ORIGIN, began_at=moment.real_now(), succession=succession
    )
    Head.objects.create(log=log, size=0, root=empty_root())
    log_keys.make(log)
    return log


def tree(log: Log, size: int) -> Tree:
    """The log's tree at a size it has reached."""
    return Tree(_reader(log), size)


def _reader(log: Log) -> Read:
    def read(level: int, index: int) -> bytes:
        rows = run(TILE, {"log": log.pk, "level": level, "index": index})
        return bytes(rows[0][0]) if rows else b""

    return read


@transaction.atomic
def _sign() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [LOCK])
    log = open_log()
    head = Head.objects.filter(log=log).first()
    if log is None or head is None or head.size == 0:
        return
    checkpoint = Checkpoint.objects.filter(log=log, size=head.size).first()
    if checkpoint and published_path().exists() and _kept() == checkpoint.note:
        return
    _must_continue(log, head)
    if checkpoint is None:
        text = Signed(log.origin, head.size, bytes(head.root)).text
        checkpoint = Checkpoint.objects.create(
            log=log, size=head.size, root=head.root, at=moment.real_now(),
            note=signed(text, log_keys.signers(log)),
        )  # fmt: skip
    _publish(checkpoint)


# ---- outside the database --------------------------------------------------------------------


def published_path() -> Path:
    """The file that holds the last checkpoint outside the database."""
    return Path(settings.LEDGER_ROOT) / "checkpoint"


def _kept() -> str:
    return published_path().read_text()


def published(log: Log) -> Signed | None:
    """The checkpoint kept outside the database, if it is this log's and truly signed."""
    path = published_path()
    if not path.exists():
        return None
    note = _kept()
    before = Log.objects.exclude(ended_at=None).values_list("origin", flat=True)
    if note.partition("\n")[0] in before:
        return None  # of a log this one succeeds: told, and signed, in its succession
    try:
        found = Signed.parse(opened(note, log_keys.verifiers(log)))
    except (Malformed, NotSigned) as error:
        raise RestoredBehind(f"{path} is not signed by a key of {log.origin}: {error}") from error
    return found


def _must_continue(log: Log, head: Head) -> None:
    """Raise RestoredBehind unless what was published is part of the tree at this head."""
    last = published(log)
    if last is None or last.size == 0:
        return
    if last.size > head.size:
        raise RestoredBehind(
            f"{last.size} acts were published under {log.origin}, this database knows {head.size}"
        )
    if tree(log, last.size).root != last.root:
        raise RestoredBehind(f"the first {last.size} acts are not those that were published")


def _publish(checkpoint: Checkpoint) -> None:
    path = published_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".checkpoint.{os.getpid()}")
    with aside.open("w") as file:
        file.write(checkpoint.note)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
