"""Reading a register about very many people at once: allowed as one read, recorded as one act.

A department's nightly match names nobody in its act. Who was read stands blinded in a file of 16
bytes a person (`crowd`), whose Merkle root the act holds: each person finds themselves there, on
their page, and can prove it; nobody else can be looked up. By declared grants only: those given on
request are counted read by read.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import connection, transaction

from yiwang.kernel import moment
from yiwang.kernel.errors import NotAllowed
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger import keys
from yiwang.ledger.actions import Actor, Change, record
from yiwang.registers import crowd
from yiwang.registers.declarations import Register
from yiwang.registers.grants import basis_of, readers
from yiwang.registers.models import BulkRead

TABLE = "registers_bulkread"
NO_GRANT = Text(
    zh="没有哪条授权允许{department}成批查询{register}的这些数据。",
    en="No grant lets {department} read these columns of {register} in bulk.",
)


@dataclass(frozen=True)
class Crowd:
    """What a bulk read gave: the columns grants open, a row each, and what was recorded of it."""

    rows: pl.DataFrame
    read: BulkRead


@transaction.atomic
def read_all(
    register: Register, columns: Sequence[str], *, department: str, purpose: str, rule: str = "",
    by: Actor,
) -> Crowd:  # fmt: skip
    """Every row of a register that lies here, for one purpose, under one act (`register.read_all`).

    Of the columns only those that grants open to the department. `rule` is what is looked for, as
    it is recorded. Raises NotAllowed where no grant opens any column; ValueError for a register
    that lies elsewhere, or one that tells of nobody.
    """
    if register.source.kind != "table" or not register.about:
        raise ValueError(f"{register.id} cannot be read in bulk")
    on = moment.today()
    granted = readers(register, (department,), columns, on)
    if not granted:
        words = {"department": department, "register": register.title}
        raise NotAllowed(NO_GRANT.filled(**words))
    rows = _rows(register, [*dict.fromkeys([*granted, *register.about])])
    basis = basis_of(register, (department,), granted, on)
    read = _recorded(
        register, rows, sorted(granted), department=department, purpose=purpose[:200],
        basis=basis, rule=rule, by=by,
    )  # fmt: skip
    return Crowd(rows.select(list(granted)), read)


def _rows(register: Register, columns: list[str]) -> pl.DataFrame:
    """The columns as text, by one statement: what stood at one instant."""
    values = ", ".join('"values" ->> %s' for _ in columns)
    ask = f"SELECT {values} FROM registers_row WHERE register = %s"
    with connection.cursor() as cursor:
        cursor.execute(ask, [*columns, register.id])
        return pl.DataFrame(
            cursor.fetchall(), schema=dict.fromkeys(columns, pl.String), orient="row"
        )


def _recorded(
    register: Register, rows: pl.DataFrame, columns: list[str], *, department: str, purpose: str,
    basis: Text, rule: str, by: Actor,
) -> BulkRead:  # fmt: skip
    id, key = new_id(), secrets.token_bytes(32)
    numbers = pl.concat([rows[one] for one in register.about]).drop_nulls().unique()
    count, root = crowd.write(path_of(id), numbers.to_list(), key=key)
    now = moment.now()
    act = record(
        "register.read_all", by=by, purpose=purpose, basis=basis.zh,
        changes=[Change(TABLE, str(id), "", root.hex())],
        body={"register": register.id, "columns": columns, "department": department,
              "basis": {"zh": basis.zh, "en": basis.en}, "rule": rule, "people": count,
              "rows": rows.height},
    )  # fmt: skip
    return BulkRead.objects.create(
        id=id, act=act.id, register=register.id, columns=columns, department=department,
        purpose=purpose, basis={"zh": basis.zh, "en": basis.en}, at=now, people=count, root=root,
        key=keys.wrap(key, id.bytes),
    )  # fmt: skip


def path_of(id: UUID) -> Path:
    """Where the crowd of a bulk read lies."""
    return Path(settings.CROWDS_ROOT) / f"{id}.crowd"


def reads_of(number: str | None) -> list[UUID]:
    """The bulk reads in which somebody with this number stands, the newest first."""
    if not number:
        return []
    all_reads = BulkRead.objects.order_by("-at", "-id").values_list("id", "key")
    return [
        id
        for id, key in all_reads.iterator()
        if crowd.stands_in(path_of(id), number, key=keys.unwrap(bytes(key), id.bytes))
    ]


def _key(read: BulkRead) -> bytes:
    return keys.unwrap(bytes(read.key), read.id.bytes)


def proof_for(read: BulkRead, number: str) -> bytes | None:
    """That somebody stands in a bulk read, as a JSON file; None where they do not. With the proof
    of the act it is checked as docs/how-to/check-the-ledger.md says."""
    found = crowd.membership(path_of(read.id), number, key=_key(read))
    if found is None:
        return None
    told: dict[str, Any] = {
        "act": str(read.act), "read": str(read.id), "root": bytes(read.root).hex(),
        "number": number, "secret": found.secret.hex(), "block": found.block.hex(),
        "index": found.index, "leaves": found.leaves, "path": [one.hex() for one in found.path],
    }  # fmt: skip
    return json.dumps(told, indent=1).encode()
