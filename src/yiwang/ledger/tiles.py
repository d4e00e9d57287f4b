"""The tree kept as tiles: 256 hashes each, one in eight levels of the tree. Pure.

Whatever reads tiles (a database, a folder, an address) is a function `read(level, index)` that
gives the bytes of a tile as far as it is filled, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from yiwang.ledger.merkle import HASH, fold, node_hash, split

WIDTH = 256
HEIGHT = 8
HIGHEST = 63
Read = Callable[[int, int], bytes]
PATH = re.compile(r"^tile/(entries|\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?$")


class TileMissing(Exception):
    """A tile that the tree's size demands is not there, or is too short; names which."""


class Tree:
    """A tree of a given size over tiles; tiles that were read are kept."""

    def __init__(self, read: Read, size: int) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}

    def mth(self, first: int, last: int) -> bytes:
        """The Merkle Tree Hash of the entries from `first` up to `last`."""
        size = last - first
        if size <= 0:
            return fold([])
        if size & (size - 1) == 0 and first % size == 0:
            return self._complete(first, size)
        middle = first + split(size)
        return node_hash(self.mth(first, middle), self.mth(middle, last))

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        return self.mth(0, self.size)

    def leaf(self, index: int) -> bytes:
        """The leaf hash at an index."""
        return self._hashes(0, index, 1)[0]

    def _complete(self, first: int, size: int) -> bytes:
        height = size.bit_length() - 1
        level, rest = divmod(height, HEIGHT)
        return fold(self._hashes(level, first >> (level * HEIGHT), 1 << rest))

    def _hashes(self, level: int, nth: int, count: int) -> list[bytes]:
        index, offset = divmod(nth, WIDTH)
        tile = self._tile(level, index)
        found = tile[offset * HASH : (offset + count) * HASH]
        if len(found) < count * HASH:
            raise TileMissing(path_of(level, index, filled(self.size, level, index)))
        return [found[n : n + HASH] for n in range(0, len(found), HASH)]

    def _tile(self, level: int, index: int) -> bytes:
        key = (level, index)
        if key not in self._tiles:
            self._tiles[key] = self._read(level, index)
        return self._tiles[key]


def grow(read: Read, size: int, leaves: Sequence[bytes]) -> Mapping[tuple[int, int], bytes]:
    """The tiles that change when leaves are added to a tree of `size`, by level and index."""
    changed: dict[tuple[int, int], bytes] = {}
    level, at, fresh = 0, size, list(leaves)
    while fresh:
        full: list[bytes] = []
        for index, offset, part in _by_tile(at, fresh):
            before = read(level, index)[: offset * HASH] if offset else b""
            if len(before) < offset * HASH:
                raise TileMissing(path_of(level, index, offset))
            tile = before + b"".join(part)
            changed[level, index] = tile
            if len(tile) == WIDTH * HASH:
                full.append(fold([tile[n : n + HASH] for n in range(0, len(tile), HASH)]))
        level, at, fresh = level + 1, at // WIDTH, full
    return changed


def _by_tile(at: int, hashes: Sequence[bytes]) -> Iterator[tuple[int, int, Sequence[bytes]]]:
    done = 0
    while done < len(hashes):
        index, offset = divmod(at + done, WIDTH)
        part = hashes[done : done + WIDTH - offset]
        yield index, offset, part
        done += len(part)


def filled(size: int, level: int, index: int) -> int:
    """How many hashes a tile holds in a tree of `size`: 0 where it is not there."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def every(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of each tile of a tree of `size`."""
    level = 0
    while size >> (HEIGHT * level):
        for index in range(-(-(size >> (HEIGHT * level)) // WIDTH)):
            yield level, index, filled(size, level, index)
        level += 1


def path_of(level: int | str, index: int, width: int) -> str:
    """Where a tile is published: `tile/0/x001/x234/067`, with `.p/W` while it is not full."""
    groups: list[str] = []
    rest = index
    while True:
        rest, last = divmod(rest, 1000)
        groups.insert(0, f"{last:03}")
        if not rest:
            break
    named = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{named}" + (f".p/{width}" if width < WIDTH else "")


def parse_path(path: str) -> tuple[int | None, int, int] | None:
    """Level (None: entries), index and width a path names; None where it names no tile."""
    found = PATH.match(path)
    if not found:
        return None
    level, groups, width = found.groups()
    index = int(groups.replace("x", "").replace("/", ""))
    wide = int(width) if width else WIDTH
    high = None if level == "entries" else int(level)
    if path_of(level if high is None else high, index, wide) != path or (high or 0) > HIGHEST:
        return None  # a width of 256, or zeros before a number
    return high, index, wide


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as one bundle: each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError where it is cut off."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) < length:
            raise ValueError("the bundle is cut off")
        entries.append(entry)
        at += 2 + length
    return entries
