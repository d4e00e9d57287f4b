"""Many people as a file in which each can find themselves, and nobody anybody else.

A person stands in it by 16 blinded bytes: SHA-256 over a secret of theirs in this crowd and their
number. The entries lie in order, so that a page finds one by one or two short reads, however many
there are. Blocks of 256 entries are the leaves of a Merkle tree (RFC 9162); its root is recorded.
Who is told their secret and handed their block with its path proves that they were in the crowd.
Pure but for reading and writing the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yiwang.ledger.merkle import fold, inclusion_proof, leaf_hash, verify_inclusion

ENTRY = 16  # bytes a person
BLOCK = 256  # entries a leaf
NEAR = 2048  # entries read around the place an entry is expected at


@dataclass(frozen=True)
class Membership:
    """That somebody stands in a crowd: their secret, their block, and its path to the root."""

    secret: bytes
    block: bytes
    index: int
    leaves: int
    path: tuple[bytes, ...]

    def proves(self, number: str, root: bytes) -> bool:
        """Whether somebody with this number stands in the crowd with this root."""
        entry = blinded(self.secret, number)
        inside = [self.block[n : n + ENTRY] for n in range(0, len(self.block), ENTRY)]
        return entry in inside and verify_inclusion(
            index=self.index, size=self.leaves, leaf=leaf_hash(self.block), proof=self.path,
            root=root,
        )  # fmt: skip


def secret_of(key: bytes, number: str) -> bytes:
    """The secret of one person in one crowd."""
    return hashlib.blake2b(number.encode(), key=key, digest_size=ENTRY).digest()


def blinded(secret: bytes, number: str) -> bytes:
    """What stands for a person in a crowd."""
    return hashlib.sha256(secret + number.encode()).digest()[:ENTRY]


def write(path: Path, numbers: Iterable[str], *, key: bytes) -> tuple[int, bytes]:
    """Write the crowd of these numbers durably; gives how many they are, and the root."""
    entries = sorted({blinded(secret_of(key, number), number) for number in numbers})
    data = b"".join(entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)
    return len(entries), fold(_leaves(data))


def stands_in(path: Path, number: str, *, key: bytes) -> bool:
    """Whether somebody with this number is in the crowd. FileNotFoundError where it is gone."""
    return _place(path, blinded(secret_of(key, number), number)) is not None


def membership(path: Path, number: str, *, key: bytes) -> Membership | None:
    """The proof that somebody is in the crowd; None where they are not."""
    secret = secret_of(key, number)
    place = _place(path, blinded(secret, number))
    if place is None:
        return None
    data = path.read_bytes()
    leaves = _leaves(data)
    index = place // BLOCK
    proof = inclusion_proof(lambda a, b: fold(leaves[a:b]), index, len(leaves))
    first = index * BLOCK * ENTRY
    block = data[first : first + BLOCK * ENTRY]
    return Membership(secret, block, index, len(leaves), tuple(proof))


def _leaves(data: bytes) -> list[bytes]:
    step = BLOCK * ENTRY
    return [leaf_hash(data[n : n + step]) for n in range(0, len(data), step)]


def _place(path: Path, entry: bytes) -> int | None:
    """Where an entry lies; entries are digests, so they lie evenly and it is near at hand."""
    handle = os.open(path, os.O_RDONLY)
    try:
        count = os.fstat(handle).st_size // ENTRY
        expected = int.from_bytes(entry[:8], "big") * count >> 64
        first, last = max(0, expected - NEAR // 2), min(count, expected + NEAR // 2)
        while True:
            part = os.pread(handle, (last - first) * ENTRY, first * ENTRY)
            inside = [part[n : n + ENTRY] for n in (0, len(part) - ENTRY)] if part else []
            if inside and entry < inside[0] and first > 0:
                first, last = max(0, first - NEAR), first
            elif inside and entry > inside[1] and last < count:
                first, last = last, min(count, last + NEAR)
            else:
                break
    finally:
        os.close(handle)
    low, high = 0, len(part) // ENTRY
    while low < high:
        middle = (low + high) // 2
        if part[middle * ENTRY : (middle + 1) * ENTRY] < entry:
            low = middle + 1
        else:
            high = middle
    return first + low if part[low * ENTRY : (low + 1) * ENTRY] == entry else None
