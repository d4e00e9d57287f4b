"""Every write of registers: rows changed by a decision, rows loaded, readings done with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yiwang.kernel import moment
from yiwang.kernel.canonical import digest
from yiwang.kernel.errors import Defect, Refusal
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.registers.declarations import Register
from yiwang.registers.errors import Taken
from yiwang.registers.models import GivenGrant, Quality, Reading, Row
from yiwang.registers.subjects import numbers_in, subjects
from yiwang.registers.values import to_json

__all__ = [
    "count_rows", "erase_readings", "give_grant", "load_rows", "set_readings_aside",
    "withdraw_grant", "write_rows",
]  # fmt: skip

TABLE = "registers_row"


@transaction.atomic
def write_rows(
    register: Register,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    case: UUID | None = None,
    root: UUID | None = None,
    basis: str = "",
) -> None:
    """Set the given columns of the rows with these keys, making rows that are not there.

    Values may be of the elements' types or JSON. One act `register.changed` tells of all rows.
    Raises Taken where another row has the same in a column that must be unique; Defect for a
    column the register has not, a row without its key, or a key given twice.
    """
    if not rows:
        return
    given = {str(row[register.key]): row for row in map(lambda r: _plain(register, r), rows)}
    if len(given) != len(rows):
        raise Defect(f"two rows of {register.id} have the same key")
    _must_be_free(register, given)
    old = (
        Row.objects.select_for_update().filter(register=register.id, key__in=given).order_by("key")
    )
    standing = {row.key: row for row in old}
    changed = [_merged(register, key, values, standing.get(key)) for key, values in given.items()]
    changes = [
        Change.of(TABLE, row.id, before=row.told(before), after=row.told(row.values))
        for row, before in changed
    ]
    _save([row for row, _ in changed])
    told = numbers_in(
        register, [values for row, before in changed for values in (row.values, before or {})]
    )
    record(
        "register.changed",
        by=by,
        about=subjects(told, by=by).values(),
        case=case,
        root=root,
        basis=basis,
        changes=changes,
        body={
            "register": register.id,
            "keys": list(given),
            "columns": sorted({column for values in given.values() for column in values}),
        },
    )


@transaction.atomic
def load_rows(register: Register, rows: Iterable[Mapping[str, Any]], *, by: Actor) -> int:
    """Take over whole rows in bulk, replacing rows with the same key; how many there were.

    One act `register.loaded` names the register and the number, nobody in particular: a register
    that moves in here is not a read of anyone's data.
    """
    now = moment.now()
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy(COPY) as copy:
            for row in rows:
                values = _plain(register, row)
                copy.write_row((str(new_id()), str(values[register.key]), json.dumps(values)))
        cursor.execute(TAKE_OVER, [register.id, now, now])
        count = cursor.rowcount
        cursor.execute("DROP TABLE registers_stage")
    record("register.loaded", by=by, body={"register": register.id, "rows": count})
    return count


@transaction.atomic
def give_grant(grant: GivenGrant, *, by: Actor, basis: str) -> GivenGrant:
    """Let a department read what the grant names, from now on. Whoever calls has made sure that
    it is the steward's will."""
    grant.save(force_insert=True)
    record(
        "grant.given", by=by, case=grant.request, basis=basis,
        changes=[Change.of("registers_givengrant", grant.id, after=_terms(grant))],
        body={"grant": str(grant.id), **_terms(grant)},
    )  # fmt: skip
    return grant


@transaction.atomic
def withdraw_grant(grant_id: UUID, *, reasons: str, by: Actor) -> GivenGrant:
    """End a grant at once; the next read is denied. Raises Refusal where it ended before."""
    grant = GivenGrant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None or grant.withdrawn_at is not None:
        raise Refusal(ENDED_ALREADY)
    before = _terms(grant)
    grant.withdrawn_at, grant.withdrawn_why = moment.now(), reasons
    grant.save(update_fields=["withdrawn_at", "withdrawn_why"])
    after = _terms(grant)
    record(
        "grant.withdrawn", by=by, case=grant.request,
        changes=[Change.of("registers_givengrant", grant.id, before=before, after=after)],
        body={"grant": str(grant.id), "words": reasons, **after},
    )  # fmt: skip
    return grant


@transaction.atomic
def count_rows(register: Register) -> Quality:
    """Count what a register that lies here holds: rows, filled columns, the latest change."""
    with connection.cursor() as cursor:
        columns = list(register.columns)
        filled = ", ".join(["""count(*) FILTER (WHERE "values"->>%s <> '')"""] * len(columns))
        cursor.execute(f"{COUNT} {filled} {OF_REGISTER}", [*columns, register.id])
        rows, newest, *counts = cursor.fetchone()
    return Quality.objects.update_or_create(
        register=register.id,
        defaults={
            "rows": rows, "newest": newest, "counted_at": moment.now(),
            "filled": dict(zip(columns, counts, strict=True)),
        },
    )[0]  # fmt: skip


def set_readings_aside(root: UUID, register: str, column: str, value: str) -> None:
    """What was asked by a value that has changed since stands no longer; the acts do."""
    asked = Reading.objects.filter(root=root, register=register, by__contains={column: value})
    asked.filter(stands=True).update(stands=False)


def erase_readings(root: UUID, by: Actor) -> None:
    """Forget by what rows were looked up in a root case, and what came.

    Part of erasing a case: whoever erases it records the act. Rows themselves stay: they are
    right or wrong by their own rule, not by whose matter read them.
    """
    Reading.objects.filter(root=root).update(rows=None, by={})


# ---- grants ------------------------------------------------------------------------------------

ENDED_ALREADY = Text(
    zh="这项授权已经收回或者不存在。", en="This grant was withdrawn already, or never was."
)


def _terms(grant: GivenGrant) -> dict[str, Any]:
    return {
        "register": grant.register, "department": grant.department,
        "columns": list(grant.columns), "services": list(grant.services),
        "purpose": grant.purpose, "until": grant.until.isoformat(), "a_day": grant.a_day,
        "withdrawn": grant.withdrawn_at is not None,
    }  # fmt: skip


# ---- rows --------------------------------------------------------------------------------------

COUNT = """
    -- What one register holds: rows, the latest change, how many have each column filled.
    SELECT count(*), max(updated_at),"""
OF_REGISTER = "FROM registers_row WHERE register = %s"
STAGE = 'CREATE TEMPORARY TABLE registers_stage (id uuid, key text, "values" jsonb) ON COMMIT DROP'
COPY = 'COPY registers_stage (id, key, "values") FROM STDIN'
TAKE_OVER = """
    -- The last of the rows with one key wins, whether it stood before or came twice.
    INSERT INTO registers_row (id, register, key, "values", since, updated_at, salt)
    SELECT DISTINCT ON (key)
        id, %s, key, "values", %s, %s, replace(gen_random_uuid()::text, '-', '')
    FROM registers_stage ORDER BY key, id DESC
    ON CONFLICT (register, key) DO UPDATE
    SET "values" = excluded."values", since = excluded.since, updated_at = excluded.updated_at
"""


def _must_be_free(register: Register, given: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise Taken where another row has the same in a unique column. Two who write the same at the
    same instant wait for each other: the second finds the first's row."""
    for key, row in given.items():
        for column in register.unique:
            value = row.get(column)
            if value is None:
                continue
            with connection.cursor() as cursor:
                lock = digest([register.id, column, value])
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
            same = Row.objects.filter(register=register.id, values__contains={column: value})
            if same.exclude(key=key).exists():
                raise Taken(register, column, str(value))


def _plain(register: Register, row: Mapping[str, Any]) -> dict[str, Any]:
    if strange := set(row) - set(register.columns):
        raise Defect(f"{register.id} has no column {', '.join(sorted(strange))}")
    if not row.get(register.key):
        raise Defect(f"a row of {register.id} comes without {register.key}")
    return {column: to_json(value) for column, value in row.items()}


def _merged(
    register: Register, key: str, values: dict[str, Any], standing: Row | None
) -> tuple[Row, dict[str, Any] | None]:
    now = moment.now()
    if standing is None:
        return Row(register=register.id, key=key, values=values, since=now, updated_at=now), None
    before = dict(standing.values)
    standing.values = {**before, **values}
    standing.since = standing.updated_at = now
    return standing, before


def _save(rows: list[Row]) -> None:
    Row.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["register", "key"],
        update_fields=["values", "since", "updated_at"],
    )
