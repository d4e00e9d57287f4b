"""The one write of this room: recording acts, in the transaction of the change itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from yiwang.kernel import moment
from yiwang.kernel.canonical import canonical
from yiwang.kernel.ids import new_id
from yiwang.ledger import keys
from yiwang.ledger.act import SALT, VERSION, Actor, Change, Deed, leaf_of, salted
from yiwang.ledger.models import Act
from yiwang.ledger.statement import as_json
from yiwang.ledger.together import inserting, written

__all__ = ["Actor", "Change", "Deed", "record", "record_all"]


def record(
    what: str,
    *,
    by: Actor,
    about: Iterable[UUID] = (),
    case: UUID | None = None,
    root: UUID | None = None,
    purpose: str = "",
    basis: str = "",
    changes: Iterable[Change] = (),
    body: Mapping[str, Any] | None = None,
) -> Act:
    """Record one act. Past tense names it (`case.accepted`); `root` defaults to `case`."""
    deed = Deed(what, by, about, case, root or case, purpose, basis, changes, body or {})
    return record_all([deed])[0]


def record_all(deeds: Iterable[Deed]) -> list[Act]:
    """Record several acts at once, in their order, inside the caller's transaction.

    Raises RuntimeError outside a transaction: an act without its change, or a change without
    its act, must not be possible.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of the change it tells of")
    acts = [_act(deed) for deed in deeds]
    written(ACTS, acts)
    return acts


def _sealed(acts: list[Act]) -> str:
    """The acts as they are stored: each body under the key of its root."""
    key_by_root = {root: keys.make_key(root) for root in {act.root for act in acts}}
    for act in acts:
        act.body = keys.encrypt(key_by_root[act.root], bytes(act.body), act.id.bytes)
    return as_json(acts)


ACTS = replace(inserting("acts", "ledger_act"), ready=_sealed)


def _act(deed: Deed) -> Act:
    """The act, its body still plain: it is encrypted as it is written."""
    act_id, salt, body_salt = new_id(), os.urandom(SALT), os.urandom(SALT)
    subjects = sorted(set(deed.about))
    body = canonical(dict(deed.body))
    plain = {
        "version": VERSION,
        "id": act_id,
        "what": deed.what,
        "at": moment.now(),
        "recorded_at": moment.real_now(),
        "by_kind": deed.by.kind,
        "by_id": deed.by.id,
        "department": deed.by.department,
        "case": deed.case,
        "root": deed.root,
        "purpose": deed.purpose,
        "basis": deed.basis,
        "changes": [change.plain() for change in deed.changes],
        "demo": moment.shifted(),
    }
    body_digest = salted(body_salt, body)
    return Act(
        **plain,
        subjects=subjects,
        salt=salt,
        body=body_salt + body,
        body_digest=body_digest,
        digest=leaf_of(
            plain, subjects=[salted(salt, one.bytes) for one in subjects], body=body_digest
        ),
    )
