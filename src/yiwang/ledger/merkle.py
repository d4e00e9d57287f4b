"""The Merkle tree of RFC 6962 / RFC 9162, section 2.1: hashes, proofs,. Pure.

Leaves are entries as bytes; all hashes are 32 bytes of SHA-256. `Mth` gives the Merkle Tree Hash
of the entries from `first` up to (not with) `last`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

HASH = 32
Mth = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """The root of a tree without entries."""
    return hashlib.sha256().digest()


def split(size: int) -> int:
    """The greatest power of two smaller than `size` (of two or more)."""
    return 1 << (size - 1).bit_length() - 1


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (or over roots of equal complete subtrees)."""
    if not hashes:
        return empty_root()
    level = list(hashes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + odd
    return level[0]


def inclusion_proof(mth: Mth, index: int, size: int) -> list[bytes]:
    """The audit path of the entry at `index` in a tree of `size`, from leaf to root.

    Raises ValueError for an index outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} in a tree of {size}")
    path = []
    first, last = 0, size
    while last - first > 1:
        middle = first + split(last - first)
        if index < middle:
            path.append(mth(middle, last))
            last = middle
        else:
            path.append(mth(first, middle))
            first = middle
    return path[::-1]


def consistency_proof(mth: Mth, old: int, size: int) -> list[bytes]:
    """What shows that the tree of `old` entries is the beginning of the tree of `size`.

    Raises ValueError unless 0 < old <= size.
    """
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} does not continue a tree of {old}")
    path = []
    first, last, whole = 0, size, True
    while old != last:
        middle = first + split(last - first)
        if old <= middle:
            path.append(mth(middle, last))
            last = middle
        else:
            path.append(mth(first, middle))
            first, whole = middle, False
    if not whole:
        path.append(mth(first, last))
    return path[::-1]


def verify_inclusion(
    *, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the entry with this leaf hash stands at `index` in the tree of `size` under `root`
    (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(one) != HASH for one in (leaf, root, *proof)):
        return False
    at, end, found = index, size - 1, leaf
    for one in proof:
        if end == 0:
            return False
        if at & 1 or at == end:
            found = node_hash(one, found)
            while at and not at & 1:
                at, end = at >> 1, end >> 1
        else:
            found = node_hash(found, one)
        at, end = at >> 1, end >> 1
    return end == 0 and found == root


def verify_subtree_inclusion(
    *, index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the entry at `index` stands in the subtree of entries `start` up to `end`."""
    return _is_subtree(start, end) and verify_inclusion(
        index=index - start, size=end - start, leaf=leaf, proof=proof, root=root
    )


def verify_consistency(
    *, old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `size` under `root` continues the tree of `old` under `old_root`
    (RFC 9162, 2.1.4.2). Of an empty tree nothing can be shown but that it is still empty."""
    if old == 0:
        return size == 0 and not proof and old_root == root == empty_root()
    return verify_subtree(
        start=0, end=old, size=size, subtree_root=old_root, root=root, proof=proof
    )


def verify_subtree(
    *, start: int, end: int, size: int, subtree_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the subtree of entries `start` up to `end` is part of the tree of `size`
    (draft-ietf-plants-merkle-tree-certs, 4.4)."""
    if start == end <= size:
        return not proof and subtree_root == empty_root()
    if not (_is_subtree(start, end) and end <= size):
        return False
    if start == 0 and end == size:
        return not proof and subtree_root == root
    if any(len(one) != HASH for one in (subtree_root, root, *proof)):
        return False
    return _part_of(start, end - 1, size - 1, subtree_root, root, list(proof))


def _is_subtree(start: int, end: int) -> bool:
    """A subtree begins at a multiple of the power of two that holds it."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def _part_of(
    first: int, at: int, end: int, subtree_root: bytes, root: bytes, proof: list[bytes]
) -> bool:
    while first != at and (at == end or at & 1):
        first, at, end = first >> 1, at >> 1, end >> 1
    if first != at and not proof:
        return False
    part = whole = subtree_root if first == at else proof.pop(0)
    for one in proof:
        if end == 0:
            return False
        if at & 1 or at == end:
            part = node_hash(one, part) if first < at else part
            whole = node_hash(one, whole)
            while at and not at & 1:
                first, at, end = first >> 1, at >> 1, end >> 1
        else:
            whole = node_hash(whole, one)
        first, at, end = first >> 1, at >> 1, end >> 1
    return end == 0 and part == subtree_root and whole == root
