"""Check a Yiwang ledger without Yiwang: a proof, a document, or the whole log.

Written from check-the-ledger.md and the C2SP formats it names; needs Python and `cryptography`.

    python check_the_ledger.py KEY proof step.tlog-proof
    python check_the_ledger.py KEY document step.tlog-proof form.pdf
    python check_the_ledger.py KEY bulk act.tlog-proof bulk.json
    python check_the_ledger.py KEY log https://yiwang.example/ledger/      (or a folder)

KEY is the public key of the log, as `/ledger/keys` tells it. Ends with 0 where all is what was
signed, with 1 where not: then each line names what is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HASH, WIDTH = 32, 256


class Wrong(Exception):
    """Something is not what was signed; names what."""


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value: Any) -> bytes:
    """JSON as it is digested: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


# ---- a signed head -----------------------------------------------------------------------------


def head_of(note: str, key: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint, if the key signed it (C2SP signed-note, tlog-checkpoint)."""
    name, key_id, coded = key.strip().split("+", 2)
    public = base64.b64decode(coded)
    if public[:1] != b"\x01" or sha256(name.encode(), b"\n", public)[:4].hex() != key_id:
        raise Wrong("the key is not an Ed25519 key of this name")
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        if line.startswith(f"— {name} "):
            made = base64.b64decode(line.split(" ")[2])
            if made[:4].hex() == key_id:
                _must_verify(public[1:], made[4:], text.encode())
                break
    else:
        raise Wrong("checkpoint: the key did not sign it")
    origin, size, root = text.split("\n")[:3]
    if not gap or origin != name:
        raise Wrong("checkpoint: it is of another log")
    return int(size), base64.b64decode(root)


def _must_verify(public: bytes, signature: bytes, text: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        raise Wrong("checkpoint: its signature is wrong") from None


# ---- one act -----------------------------------------------------------------------------------


def proven(proof: str, key: str) -> dict[str, Any]:
    """What a proof file tells, if it stands in the signed log (C2SP tlog-proof, RFC 9162)."""
    lines, _, note = proof.partition("\n\n")
    kind, extra, index, *path = lines.split("\n")
    if kind != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra "):
        raise Wrong("this is no proof of an act")
    size, root = head_of(note, key)
    told: dict[str, Any] = json.loads(base64.b64decode(extra[6:]))
    columns = {**told["act"], "subjects": told["subjects"], "body": told["body"]}
    entry = sha256(canonical(columns))
    at = int(index.removeprefix("index "))
    if root_over(entry, at, size, [base64.b64decode(one) for one in path]) != root:
        raise Wrong(f"act {at}: a byte of the act or of its proof was changed")
    if "opened" in told:
        _must_open(told)
    return told


def root_over(entry: bytes, at: int, size: int, path: list[bytes]) -> bytes | None:
    """The root an inclusion proof leads to (RFC 9162, 2.1.3.2); none where it is too long."""
    found, last = sha256(b"\x00", entry), size - 1
    for one in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = sha256(b"\x01", one, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = sha256(b"\x01", found, one)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def _must_open(told: dict[str, Any]) -> None:
    opened = told["opened"]
    salt = bytes.fromhex(opened["salt"])
    if sha256(salt, UUID(opened["subject"]).bytes).hex() not in told["subjects"]:
        raise Wrong("the person named is not among those the act concerns")
    body_salt = bytes.fromhex(opened["body_salt"])
    if sha256(body_salt, canonical(opened["body"])).hex() != told["body"]:
        raise Wrong("what is told of the act is not what was recorded")


def is_among(told: dict[str, Any], mine: dict[str, Any]) -> None:
    """Raise Wrong unless the act is a bulk read and the file shows that its person was in it."""
    root = next((c[3] for c in told["act"]["changes"] if c[1] == mine["read"]), None)
    entry = sha256(bytes.fromhex(mine["secret"]), mine["number"].encode())[:16]
    block = bytes.fromhex(mine["block"])
    path = [bytes.fromhex(one) for one in mine["path"]]
    found = root_over(block, mine["index"], mine["leaves"], path)
    if entry not in [block[n : n + 16] for n in range(0, len(block), 16)]:
        raise Wrong("this person does not stand in the block that is shown")
    if root is None or found is None or found.hex() != root:
        raise Wrong("the block that is shown is no part of what the act tells of")


def is_document_of(told: dict[str, Any], document: bytes) -> None:
    """Raise Wrong unless the act tells of exactly this document."""
    if told.get("opened", {}).get("body", {}).get("sha256") != sha256(document).hex():
        raise Wrong("the document is not the one the act tells of")


# ---- the whole log -----------------------------------------------------------------------------


def resource(place: str, path: str) -> bytes:
    """The bytes at a path below an address or a folder."""
    if "://" not in place:
        file = Path(place) / path
        if not file.is_file():
            raise Wrong(f"{path}: is missing")
        return file.read_bytes()
    try:
        with urllib.request.urlopen(place.rstrip("/") + "/" + path, timeout=20) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        raise Wrong(f"{path}: is missing") from error


def path_of(level: int | str, index: int, width: int) -> str:
    """Where a tile lies (C2SP tlog-tiles): `tile/0/x001/x234/067`, `.p/W` while it is not full."""
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[n : n + 3] for n in range(0, len(digits), 3)]
    whole = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{whole}" + (f".p/{width}" if width < WIDTH else "")


def fold(hashes: list[bytes]) -> bytes:
    """The root over leaf hashes, or over roots of equal full tiles with what is left over."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [sha256(b"\x01", left, right) for left, right in pairs] + odd
    return hashes[0]


def faults(place: str, key: str) -> Iterator[str]:
    """Everything in a published log that is not what was signed."""
    try:
        size, root = head_of(resource(place, "checkpoint").decode(), key)
        leaves: list[bytes] = []
        for index in range(-(-size // WIDTH)):
            width = min(WIDTH, size - index * WIDTH)
            hashes = tile(place, 0, index, width)
            yield from _entries(place, index, hashes)
            leaves += hashes
        if fold(leaves) != root:
            yield "checkpoint: the tiles do not give the root that was signed"
        yield from _upper(place, leaves)
    except Wrong as wrong:
        yield str(wrong)


def tile(place: str, level: int, index: int, width: int) -> list[bytes]:
    """The hashes of a tile."""
    path = path_of(level, index, width)
    data = resource(place, path)
    if len(data) != width * HASH:
        raise Wrong(f"{path}: is not {width} hashes long")
    return [data[n : n + HASH] for n in range(0, len(data), HASH)]


def _entries(place: str, index: int, hashes: list[bytes]) -> Iterator[str]:
    path = path_of("entries", index, len(hashes))
    data, at = resource(place, path), 0
    for nth, hashed in enumerate(hashes):
        length = int.from_bytes(data[at : at + 2], "big")
        if sha256(b"\x00", data[at + 2 : at + 2 + length]) != hashed:
            yield f"{path}: act {index * WIDTH + nth} is not the act that was sealed"
        at += 2 + length
    if at != len(data):
        yield f"{path}: does not hold {len(hashes)} entries"


def _upper(place: str, below: list[bytes]) -> Iterator[str]:
    level = 0
    while len(below) >= WIDTH:
        level += 1
        full = len(below) // WIDTH
        below = [fold(below[n * WIDTH : (n + 1) * WIDTH]) for n in range(full)]
        for index in range(-(-full // WIDTH)):
            part = below[index * WIDTH : (index + 1) * WIDTH]
            if tile(place, level, index, len(part)) != part:
                yield f"{path_of(level, index, len(part))}: is not that of the tiles below it"


def main(key: str, what: str, *given: str) -> int:
    """Check what the command line names; print what is wrong."""
    if what == "log":
        found = list(faults(given[0], key))
    else:
        found = []
        try:
            told = proven(Path(given[0]).read_text(encoding="utf-8"), key)
            print(f"{told['act']['what']} of {told['act']['at']}")
            if what == "document":
                is_document_of(told, Path(given[1]).read_bytes())
            if what == "bulk":
                is_among(told, json.loads(Path(given[1]).read_text(encoding="utf-8")))
        except (Wrong, ValueError, KeyError, TypeError) as wrong:
            found = [str(wrong)]
    for fault in found:
        print(f"✗ {fault}")
    print("✗ not what was signed" if found else "✓ all is what was signed")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
