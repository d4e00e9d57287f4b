"""Handing in what an office asked for, sealed with the digest of everything as it now stands."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import supplied
from yiwang.cases.models import Case
from yiwang.ledger.actions import Actor
from yiwang.services.queries import load
from yiwang.services.summary import summary_digest


@transaction.atomic
def hand_in(case_id: UUID, *, person: UUID, words: str, by: Actor) -> Case:
    """Give an item's case back to its office. Raises like `cases.actions.supplied`."""
    root = roots.locked_root(roots.case_with_root(case_id).root_id)
    digest = summary_digest(load(root))
    return supplied(case_id, person=person, words=words, by=by, digest=digest)
