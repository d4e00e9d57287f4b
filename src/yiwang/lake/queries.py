"""Asking the lake: SQL, on DuckDB, over the views a purpose was declared to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

from yiwang.kernel.registry import Registry
from yiwang.lake import acts, parts

SCHEMAS = {acts.DATASET: acts.SCHEMA}


@dataclass(frozen=True)
class Purpose:
    """What a question is for, and which columns of which datasets it needs."""

    why: str
    columns: Mapping[str, tuple[str, ...]]


PURPOSES: Registry[Purpose] = Registry("purpose of asking the lake")


def query(
    sql: str,
    *,
    purpose: str,
    values: Mapping[str, Any] | None = None,
    tables: Mapping[str, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """The rows a statement gives. It sees the datasets its purpose names, with those columns and
    no others, the `tables` handed in, and nothing else of this machine.

    `values` are named parameters (`$name`). Raises KeyError for a purpose nobody declared.
    """
    with duckdb.connect() as lake:
        for name, table in (tables or {}).items():
            lake.register(name, table)
        for dataset, columns in PURPOSES[purpose].columns.items():
            lake.execute(_view(dataset, columns))
        lake.execute("SET TimeZone = 'UTC'")
        lake.execute(f"SET allowed_directories = [{_text(str(parts.root()))}]")
        lake.execute("SET enable_external_access = false")
        lake.execute("SET lock_configuration = true")
        found = lake.sql(sql, params=dict(values or {})).to_arrow_table()
        rows = pl.from_arrow(found)
        assert isinstance(rows, pl.DataFrame)
        return rows


def _view(dataset: str, columns: tuple[str, ...]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    files = [str(parts.root() / part.path) for part in parts.listed(dataset)]
    if not files:
        kinds = SCHEMAS[dataset]
        empty = ", ".join(f'CAST(NULL AS {_sql_type(kinds[c])}) AS "{c}"' for c in columns)
        return f'CREATE VIEW "{dataset}" AS SELECT {empty} WHERE false'
    listed = ", ".join(_text(file) for file in files)
    return f'CREATE VIEW "{dataset}" AS SELECT {named} FROM read_parquet([{listed}])'


def _sql_type(kind: Any) -> str:
    if kind == pl.Int64:
        return "BIGINT"
    if kind == pl.Boolean:
        return "BOOLEAN"
    return "VARCHAR" if kind == pl.String else "TIMESTAMPTZ"


def _text(value: str) -> str:
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def as_far_as() -> int:
    """The last position of the log the lake holds, -1 for none."""
    return parts.last_position(acts.DATASET)
