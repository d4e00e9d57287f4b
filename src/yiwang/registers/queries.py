"""Every read of readings that other rooms may use: what was asked for a root, what is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from yiwang.kernel.canonical import digest
from yiwang.ledger.statement import Part
from yiwang.registers.models import Reading, Row

WAITING = """
    -- Readings of a root case that still wait for their source.
    SELECT json_agg(id) FROM registers_reading WHERE root = %(root)s AND state = 'asked'
"""


def waiting(root: UUID) -> Part:
    """The readings of a root case that still wait for their source; mostly there are none."""
    return Part(WAITING, {"root": root})


def readings(ids: Iterable[str]) -> list[Reading]:
    """Readings by their ids."""
    return list(Reading.objects.filter(id__in=list(ids)))


def readings_of(root: UUID) -> list[Reading]:
    """Every reading made for a root case that still stands, the oldest first."""
    return list(Reading.objects.filter(root=root, stands=True).order_by("asked_at"))


def silent(root: UUID) -> list[Reading]:
    """The readings of a root case whose source did not answer, or not yet."""
    states = (Reading.State.ASKED, Reading.State.FAILED)
    return list(Reading.objects.filter(root=root, stands=True, state__in=states))


def digests(ids: Collection[str]) -> dict[str, str]:
    """What acts would tell of these rows now, by id; those that are gone are left out."""
    rows = Row.objects.filter(id__in=ids)
    return {str(row.id): digest(row.told(row.values)) for row in rows}
