"""Every read of readings that other rooms may use: what was asked for a root, what is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from yiwang.kernel import moment
from yiwang.kernel.canonical import digest
from yiwang.ledger.statement import Part
from yiwang.registers.declarations import Register
from yiwang.registers.models import GivenGrant, Quality, Reading, Row

COUNTED_FOR = timedelta(hours=12)
EMPTY_FOR = timedelta(minutes=4)

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


def qualities() -> dict[str, Quality]:
    """What was last counted of each register."""
    return {one.register: one for one in Quality.objects.all()}


def uncounted(registers: Iterable[Register]) -> list[Register]:
    """Registers that lie here and were not counted of late; empty ones are looked at again soon."""
    known, now = qualities(), moment.now()

    def due(register: Register) -> bool:
        last = known.get(register.id)
        return last is None or now - last.counted_at > (COUNTED_FOR if last.rows else EMPTY_FOR)

    return [one for one in registers if one.source.kind == "table" and due(one)]


def given_grants(*, register: str = "", department: str = "") -> list[GivenGrant]:
    """Grants given on request, ended ones too, the newest first."""
    rows = GivenGrant.objects.order_by("-given_at", "id")
    rows = rows.filter(register=register) if register else rows
    return list(rows.filter(department=department) if department else rows)


def given_grant(id: UUID) -> GivenGrant | None:
    """One grant given on request."""
    return GivenGrant.objects.filter(pk=id).first()
