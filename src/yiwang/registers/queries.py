"""Every read of readings that other rooms may use: what was asked for a root, what is silent."""

from __future__ import annotations

from uuid import UUID

from yiwang.ledger.statement import run
from yiwang.registers.models import Reading

WAITING = "SELECT id FROM registers_reading WHERE root = %(root)s AND state = 'asked'"


def waiting(root: UUID) -> list[Reading]:
    """The readings of a root case that still wait for their source; mostly there are none."""
    found = run(WAITING, {"root": root})
    return list(Reading.objects.filter(id__in=[id for (id,) in found])) if found else []


def readings_of(root: UUID) -> list[Reading]:
    """Every reading made for a root case, the oldest first."""
    return list(Reading.objects.filter(root=root).order_by("asked_at"))


def silent(root: UUID) -> list[Reading]:
    """The readings of a root case whose source did not answer, or not yet."""
    states = (Reading.State.ASKED, Reading.State.FAILED)
    return list(Reading.objects.filter(root=root, state__in=states))
