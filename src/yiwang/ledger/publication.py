"""The log as it is published: the bytes behind each of its addresses."""

from __future__ import annotations

from pathlib import Path

from yiwang.ledger import log_keys
from yiwang.ledger.merkle import HASH
from yiwang.ledger.models import Checkpoint, Log, Position, Tile
from yiwang.ledger.sealer import open_log
from yiwang.ledger.tiles import WIDTH, bundle, every, parse_path, path_of


def checkpoint() -> str | None:
    """The note of the last checkpoint of the open log; None before there is one."""
    last = _last(open_log())
    return last.note if last else None


def resource(path: str) -> bytes | None:
    """What stands at `checkpoint` or `tile/…`; None for an address of nothing that was signed."""
    if path == "checkpoint":
        note = checkpoint()
        return note.encode() if note else None
    named = parse_path(path)
    log = open_log()
    last = _last(log)
    if named is None or last is None:
        return None
    level, index, width = named
    if (index * WIDTH + width) << (8 * (level or 0)) > last.size:
        return None
    return _entries(index, width) if level is None else _tile(last.log_id, level, index, width)


def export(folder: Path) -> int | None:
    """Write the log's files below a folder, as they are published; full tiles that are there are
    kept. Returns how many were written; None where nothing was signed."""
    last = _last(open_log())
    if last is None:
        return None
    names = [path_of(level, index, width) for level, index, width in every(last.size)]
    names += [
        path_of("entries", index, width) for level, index, width in every(last.size) if not level
    ]
    written = 0
    for name in [*names, "checkpoint"]:
        file = folder / name
        data = last.note.encode() if name == "checkpoint" else resource(name)
        if data is None or (file.exists() and file.read_bytes() == data):
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        written += 1
    return written


def signing_keys() -> list[str]:
    """The verifier keys of the open log that sign now."""
    log = open_log()
    return [str(key) for key in log_keys.current(log)] if log else []


def successions() -> list[str]:
    """The notes that say how one log followed another, the oldest first."""
    told = Log.objects.exclude(succession="").order_by("began_at")
    return list(told.values_list("succession", flat=True))


def _last(log: Log | None) -> Checkpoint | None:
    return Checkpoint.objects.filter(log=log).order_by("-size").first() if log else None


def _tile(log: int, level: int, index: int, width: int) -> bytes | None:
    tile = Tile.objects.filter(log=log, level=level, index=index)
    hashes = tile.values_list("hashes", flat=True).first()
    return bytes(hashes)[: width * HASH] if hashes else None


def _entries(index: int, width: int) -> bytes:
    first = index * WIDTH
    placed = Position.objects.filter(position__gte=first, position__lt=first + width)
    digests = placed.order_by("position").values_list("act__digest", flat=True)
    return bundle([bytes(digest) for digest in digests])
