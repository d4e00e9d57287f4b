"""What sources were asked and have not answered yet: looked for with every look at a matter."""

from __future__ import annotations

from uuid import UUID

from yiwang.ledger.statement import run
from yiwang.registers.models import Reading

WAITING = "SELECT id FROM registers_reading WHERE root = %(root)s AND state = 'asked'"


def waiting(root: UUID) -> list[Reading]:
    """The readings of a root case that still wait for their source; mostly there are none."""
    found = run(WAITING, {"root": root})
    return list(Reading.objects.filter(id__in=[id for (id,) in found])) if found else []
