"""Reading acts again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet

from yiwang.kernel.errors import Defect
from yiwang.ledger import keys
from yiwang.ledger.act import SALT, leaf_of, salted
from yiwang.ledger.models import Act
from yiwang.ledger.statement import run

ERASED: dict[str, Any] = {"erased": True}


def acts_about(subject: UUID) -> QuerySet[Act]:
    """Acts that concern a person, the newest first."""
    return Act.objects.filter(subjects__contains=[subject]).order_by("-at", "-id")


def acts_of_root(root: UUID) -> QuerySet[Act]:
    """Acts of a root case and all cases under it, the oldest first."""
    return Act.objects.filter(root=root).order_by("at", "id")


def body_of(act: Act) -> dict[str, Any]:
    """What an act tells beyond its columns; `{"erased": True}` once its key is gone."""
    key = keys.key_of(act.root)
    if key is None:
        return dict(ERASED)
    body: dict[str, Any] = json.loads(opened_body(act, key)[1])
    return body


def opened_body(act: Act, key: AESGCM) -> tuple[bytes, bytes]:
    """The salt of an act's body and its canonical bytes. Defect where the key does not open it:
    it was changed, or written under a key that was erased while another began."""
    plain = keys.decrypt(key, bytes(act.body), act.id.bytes)
    return (bytes(act.salt), plain) if act.version == 1 else (plain[:SALT], plain[SALT:])


COLUMNS = (
    "version", "id", "what", "at", "recorded_at", "by_kind", "by_id", "department",
    "case", "root", "purpose", "basis", "changes", "demo",
)  # fmt: skip


def told(act: Act) -> dict[str, Any]:
    """What anyone may see of an act: its columns, and subjects and body as salted digests."""
    salt = bytes(act.salt)
    return {
        "act": {name: getattr(act, name) for name in COLUMNS},
        "subjects": [salted(salt, one.bytes) for one in act.subjects],
        "body": act.body_digest,
    }


def is_intact(act: Act) -> bool:
    """Whether an act's columns, subjects and body still give the digest recorded with it. Of a body
    whose key was erased its digest stands; what it said cannot be told any more."""
    parts = told(act)
    if leaf_of(parts["act"], subjects=parts["subjects"], body=parts["body"]) != bytes(act.digest):
        return False
    key = keys.key_of(act.root)
    if key is None:
        return True
    try:
        return salted(*opened_body(act, key)) == act.body_digest
    except Defect:
        return False


def last_act(what: str) -> Act | None:
    """The latest act of this name, None where there was none."""
    return Act.objects.filter(what=what).order_by("-at", "-id").first()


PLACED = """
    -- Acts after a position of the log, in its order: only what their columns tell.
    SELECT place.position, act.what, act.at, act.by_kind, act.by_id AS by, act.department,
           act."case", act.root, act.purpose, act.demo
    FROM ledger_position AS place JOIN ledger_act AS act ON act.id = place.act_id
    WHERE place.position > %(position)s ORDER BY place.position LIMIT %(limit)s
"""


def placed_after(position: int, limit: int) -> list[dict[str, Any]]:
    """The plain columns of up to `limit` acts placed after `position`, in their order."""
    names = (
        "position", "what", "at", "by_kind", "by", "department", "case", "root", "purpose", "demo",
    )  # fmt: skip
    rows = run(PLACED, {"position": position, "limit": limit})
    return [dict(zip(names, row, strict=True)) for row in rows]
