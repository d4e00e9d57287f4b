"""Proofs: that an act stands in the signed log, as a file anybody can check (C2SP tlog-proof).

Its extra data is the act as JSON: the columns anyone may see, the salt, and the subjects and
body as salted digests, from which `entry_of` works the logged entry out again. Whom it concerns
may be given the opened parts too: then subjects and body stand in plain, and are checked against
their digests.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yiwang.kernel.canonical import canonical
from yiwang.ledger import keys, note
from yiwang.ledger.act import leaf_of, salted
from yiwang.ledger.merkle import inclusion_proof, leaf_hash, verify_inclusion
from yiwang.ledger.models import Act, Checkpoint, Log, Position
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import Malformed, Proof, Verifier
from yiwang.ledger.queries import opened_body, told
from yiwang.ledger.sealer import open_log, tree

COVERED = ("act", "subjects", "body", "opened")


def proof_of(act: Act, *, open_for: UUID | None = None) -> Proof | None:
    """The proof of an act under the last checkpoint; None while it is not sealed yet.

    `open_for` is the person it is made for: their own place among the subjects, and the body, are
    opened. Others stay digests.
    """
    log = open_log()
    place = Position.objects.filter(act=act).values_list("position", flat=True).first()
    last = _last(log) if log else None
    if log is None or place is None or last is None or place >= last.size:
        return None
    path = inclusion_proof(tree(log, last.size).mth, place, last.size)
    return Proof(place, tuple(path), last.note, canonical(opened(act, open_for)))


def _last(log: Log) -> Checkpoint | None:
    return Checkpoint.objects.filter(log=log).order_by("-size").first()


def opened(act: Act, open_for: UUID | None) -> dict[str, Any]:
    """What a proof tells of an act; to whom it concerns also the salt, themselves and the body."""
    found = told(act)
    key = keys.key_of(act.root)
    if open_for in act.subjects and key is not None:
        body_salt, body = opened_body(act, key)
        found["opened"] = {
            "salt": bytes(act.salt).hex(), "subject": str(open_for),
            "body_salt": body_salt.hex(), "body": json.loads(body),
        }  # fmt: skip
    return found


def entry_of(extra: bytes) -> bytes:
    """The entry a proof's extra data stands for. Raises Malformed where it is no act, or where what
    it opens is not what was logged."""
    try:
        found = json.loads(extra)
        entry = leaf_of(found["act"], subjects=found["subjects"], body=found["body"])
        if "opened" in found:
            _must_open(found, found["opened"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("the extra data is no act") from error
    return entry


def _must_open(found: dict[str, Any], inside: dict[str, Any]) -> None:
    salt = bytes.fromhex(inside["salt"])
    body_salt = bytes.fromhex(inside.get("body_salt", inside["salt"]))
    if salted(salt, UUID(inside["subject"]).bytes) not in found["subjects"]:
        raise Malformed("the person named is not among those the act concerns")
    if salted(body_salt, canonical(inside["body"])) != found["body"]:
        raise Malformed("the body told is not the body that was recorded")


def check(text: str, known: Sequence[Verifier]) -> dict[str, Any]:
    """What a proof file proves: the act it tells. Raises Malformed or NotSigned, naming what is
    wrong, where it proves nothing. Needs nothing but the public keys."""
    proof = Proof.parse(text)
    head = Signed.parse(note.opened(proof.checkpoint, known))
    entry = entry_of(proof.extra)
    stands = verify_inclusion(
        index=proof.index, size=head.size, leaf=leaf_hash(entry), proof=proof.path, root=head.root
    )
    if not stands:
        raise Malformed(
            f"this act does not stand at place {proof.index} of the log that was signed: a byte of "
            "the act or of the proof was changed"
        )
    told_of = json.loads(proof.extra)
    covered = {name: told_of[name] for name in COVERED if name in told_of}
    return {"index": proof.index, "origin": head.origin, "size": head.size, **covered}
