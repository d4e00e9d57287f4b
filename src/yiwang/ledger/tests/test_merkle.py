"""The tree gives the verdicts of published vectors, and its own proofs hold at every size."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.ledger import merkle
from yiwang.ledger.tiles import Tree, bundle, every, filled, grow, parse_path, path_of, unbundle

VECTORS = Path(__file__).resolve().parents[5] / "shared/data/vectors/rfc6962_merkle/testdata"
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not here")


def raw(coded: str | None) -> bytes:
    return base64.b64decode(coded) if coded else b""


def vectors(folder: str) -> list[dict]:
    return [json.loads(path.read_text()) for path in sorted((VECTORS / folder).rglob("*.json"))]


def holds(folder: str, one: dict) -> bool:
    proof = [raw(line) for line in one["proof"] or []]
    if folder == "inclusion":
        return merkle.verify_inclusion(
            index=one["leafIdx"], size=one["treeSize"], leaf=raw(one["leafHash"]), proof=proof,
            root=raw(one["root"]),
        )  # fmt: skip
    if folder == "subtreeinclusion":
        return merkle.verify_subtree_inclusion(
            index=one["leafIdx"], start=one["start"], end=one["end"], leaf=raw(one["leafHash"]),
            proof=proof, root=raw(one["root"]),
        )  # fmt: skip
    if folder == "consistency":
        return merkle.verify_consistency(
            old=one["size1"], size=one["size2"], old_root=raw(one["root1"]), root=raw(one["root2"]),
            proof=proof,
        )  # fmt: skip
    return merkle.verify_subtree(
        start=one["start"], end=one["end"], size=one["size"], subtree_root=raw(one["root1"]),
        root=raw(one["root2"]), proof=proof,
    )  # fmt: skip


@needs_vectors
@pytest.mark.parametrize(
    ("folder", "count"),
    [
        ("inclusion", 98),
        ("consistency", 98),
        ("subtreeinclusion", 204),
        ("subtreeconsistency", 118),
    ],
)
def test_every_published_verdict_is_ours(folder, count):
    found = vectors(folder)

    wrong = [one["desc"] for one in found if holds(folder, one) is one["wantErr"]]

    assert (len(found), wrong) == (count, [])


ALL = [merkle.leaf_hash(str(n).encode()) for n in range(4200)]


def leaves(count: int) -> list[bytes]:
    return ALL[:count]


def tiled(steps: list[int]) -> dict[tuple[int, int], bytes]:
    tiles: dict[tuple[int, int], bytes] = {}
    size, all_leaves = 0, leaves(sum(steps))
    for step in steps:
        fresh = all_leaves[size : size + step]
        tiles.update(grow(lambda *key: tiles.get(key, b""), size, fresh))
        size += step
    return tiles


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 700), min_size=1, max_size=6), st.randoms())
def test_tiles_grown_in_any_steps_hold_the_tree_and_all_its_proofs(steps, random):
    size = sum(steps)
    tiles = tiled(steps)
    tree = Tree(lambda *key: tiles.get(key, b""), size)
    plain = leaves(size)

    assert tree.root == merkle.fold(plain)
    assert {key: len(hashes) // 32 for key, hashes in tiles.items()} == {
        (level, index): width for level, index, width in every(size)
    }

    index, old = random.randrange(size), random.randint(1, size)
    proof = merkle.inclusion_proof(tree.mth, index, size)
    assert merkle.verify_inclusion(
        index=index, size=size, leaf=plain[index], proof=proof, root=tree.root
    )
    assert merkle.verify_consistency(
        old=old, size=size, old_root=merkle.fold(plain[:old]), root=tree.root,
        proof=merkle.consistency_proof(tree.mth, old, size),
    )  # fmt: skip


@settings(deadline=None)
@given(st.integers(0, 400), st.data())
def test_a_changed_byte_anywhere_breaks_a_proof(index, data):
    size = 401
    tiles = tiled([size])
    tree = Tree(lambda *key: tiles.get(key, b""), size)
    proof = merkle.inclusion_proof(tree.mth, index, size)
    at, bit = data.draw(st.integers(0, len(proof) * 32 - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(proof[at // 32])
    flipped[at % 32] ^= 1 << bit
    proof[at // 32] = bytes(flipped)

    assert not merkle.verify_inclusion(
        index=index, size=size, leaf=leaves(size)[index], proof=proof, root=tree.root
    )


def test_tiles_are_named_as_the_standard_says():
    # tlog-tiles: a tree of 70,000 has 273 full tiles at level 0, a partial one of 112, and so on
    assert path_of(0, 1234067, 256) == "tile/0/x001/x234/067"
    assert [filled(70_000, level, index) for level, index in ((0, 273), (1, 1), (2, 0))] == [
        112, 17, 1,
    ]  # fmt: skip
    assert parse_path("tile/0/x001/x234/067") == (0, 1234067, 256)
    assert parse_path("tile/entries/000.p/12") == (None, 0, 12)
    for wrong in (
        "tile/0/1", "tile/0/000.p/256", "tile/0/000.p/0", "tile/00/000", "tile/64/000",
        "tile/0/x000/001", "tile/0/001/002", "tile/0/000.p/012", "../etc/passwd",
    ):  # fmt: skip
        assert parse_path(wrong) is None, wrong


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries):
    assert unbundle(bundle(entries)) == entries


def test_a_cut_bundle_is_told():
    with pytest.raises(ValueError, match="cut off"):
        unbundle(bundle([b"whole", b"cut"])[:-1])
