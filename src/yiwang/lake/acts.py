"""The dataset `acts`: every act at its position, without telling whom it was about.

Cases and actors are pseudonyms: the same case is the same 16 bytes in hexadecimal, under a key
made of the city's master key, so that the lake alone tells nobody's name and nobody can be looked
up in it from the database alone. Bodies and subjects are not here at all: what is erased there
never came here.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings

from yiwang.ledger.queries import placed_after

DATASET = "acts"
SCHEMA = {
    "position": pl.Int64,
    "what": pl.String,
    "at": pl.Datetime("us", "UTC"),
    "by_kind": pl.String,
    "by": pl.String,
    "department": pl.String,
    "case": pl.String,
    "root": pl.String,
    "purpose": pl.String,
    "demo": pl.Boolean,
}


def after(position: int, limit: int) -> pl.DataFrame:
    """Up to `limit` acts placed after a position, in their order."""
    rows = [
        {
            **act,
            "by": pseudonym(act["by"]),
            "case": pseudonym(act["case"]),
            "root": pseudonym(act["root"]),
        }
        for act in placed_after(position, limit)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def pseudonym(id: UUID | str | None) -> str | None:
    """What stands for a case or an actor; empty for none."""
    if not id:
        return None
    return hashlib.blake2b(str(id).encode(), digest_size=16, key=_key()).hexdigest()


def _key() -> bytes:
    master: Any = bytes.fromhex(settings.MASTER_KEY)
    return hashlib.blake2b(b"lake: pseudonyms", key=master).digest()
