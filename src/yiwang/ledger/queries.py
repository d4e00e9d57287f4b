"""Reading acts again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yiwang.ledger import keys
from yiwang.ledger.act import leaf_of
from yiwang.ledger.models import Act

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
    body: dict[str, Any] = json.loads(keys.decrypt(key, bytes(act.body), act.id.bytes))
    return body


def is_intact(act: Act) -> bool | None:
    """Whether an act's columns, subjects and body still give the digest recorded with it.

    None, not yes, where its key was erased: without the body that cannot be told any more.
    """
    key = keys.key_of(act.root)
    if key is None:
        return None
    names = (
        "version", "id", "what", "at", "recorded_at", "by_kind", "by_id", "department",
        "case", "root", "purpose", "basis", "changes", "demo",
    )  # fmt: skip
    plain = {name: getattr(act, name) for name in names}
    body = keys.decrypt(key, bytes(act.body), act.id.bytes)
    subjects = list(act.subjects)
    return leaf_of(plain, salt=bytes(act.salt), subjects=subjects, body=body) == bytes(act.digest)


def last_act(what: str) -> Act | None:
    """The latest act of this name, None where there was none."""
    return Act.objects.filter(what=what).order_by("-at", "-id").first()
