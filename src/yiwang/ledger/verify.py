"""Checking a whole log from outside: its checkpoint, tiles and entries, by the public key alone.

A log is read as published (C2SP tlog-tiles), from a folder or an address: `Source` gives the bytes
of a path, none where nothing is there. What does not fit is told by its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yiwang.ledger.merkle import HASH, fold, leaf_hash
from yiwang.ledger.note import Checkpoint, Malformed, NotSigned, Verifier, opened
from yiwang.ledger.tiles import WIDTH, Read, Tree, every, filled, path_of, unbundle

Source = Callable[[str], bytes | None]
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: a path, and the place of the act in the log if it is one's."""

    path: str
    what: str
    index: int | None = None


@dataclass(frozen=True)
class Report:
    """What was checked: the head that was signed, and every fault found (at most fifty)."""

    checkpoint: Checkpoint | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether all of the log is what was signed."""
        return self.checkpoint is not None and not self.faults


def verify_log(source: Source, keys: Sequence[Verifier]) -> Report:
    """Check all of a log: each entry against its leaf, each tile against the tile above, the whole
    against the signed root. Raises nothing for what the source holds."""
    note = source("checkpoint")
    if note is None:
        return Report(None, (Fault("checkpoint", "is missing"),))
    try:
        head = Checkpoint.parse(opened(note.decode(), keys))
    except (Malformed, NotSigned, UnicodeDecodeError) as error:
        return Report(None, (Fault("checkpoint", str(error)),))
    found = []
    for fault in _faults(source, head):
        found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return Report(head, tuple(found))


def _faults(source: Source, head: Checkpoint) -> Iterator[Fault]:
    """Level by level: what the tiles of one say the tiles above must hold; then the root."""
    roots: list[bytes] = []  # of the full tiles of this level
    below: list[bytes] = []
    for level, index, width in every(head.size):
        if index == 0:
            below, roots = roots, []
        path = path_of(level, index, width)
        tile = source(path)
        if tile is None or len(tile) != width * HASH:
            yield Fault(path, "is missing" if tile is None else f"is not {width} hashes long")
            return
        hashes = [tile[n : n + HASH] for n in range(0, len(tile), HASH)]
        if level == 0:
            yield from _entries(source, index, width, hashes)
        else:
            yield from _above(path, index, hashes, below)
        if width == WIDTH:
            roots.append(fold(hashes))
    if Tree(_tiles(source, head.size), head.size).root != head.root:
        yield Fault("checkpoint", "the tiles do not give the root that was signed")


def _tiles(source: Source, size: int) -> Read:
    return lambda level, index: source(path_of(level, index, filled(size, level, index))) or b""


def _entries(source: Source, index: int, width: int, hashes: list[bytes]) -> Iterator[Fault]:
    path = path_of("entries", index, width)
    data = source(path)
    if data is None:
        yield Fault(path, "is missing")
        return
    try:
        entries = unbundle(data)
    except ValueError as error:
        yield Fault(path, str(error))
        return
    if len(entries) != width:
        yield Fault(path, f"holds {len(entries)} entries, not {width}")
        return
    for n, (entry, hashed) in enumerate(zip(entries, hashes, strict=True)):
        if leaf_hash(entry) != hashed:
            place = index * WIDTH + n
            yield Fault(path, f"act {place} is not the act that was sealed", place)


def _above(path: str, index: int, hashes: list[bytes], below: list[bytes]) -> Iterator[Fault]:
    for n, hashed in enumerate(hashes):
        place = index * WIDTH + n
        if place >= len(below) or hashed != below[place]:
            yield Fault(path, f"hash {place} is not that of the tile below it")
