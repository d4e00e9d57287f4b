"""One rule, four engines: closure, DuckDB, polars and PostgreSQL give the same on every row."""

import os
from decimal import Decimal

import duckdb
import polars as pl
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yiwang.rules import Formula, Rule
from yiwang.rules.tests.random_rules import COLUMNS, ON, SCOPE, formulas, rows, rules

_POLARS = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "decimal": pl.Decimal(19, 6),
    "money": pl.Decimal(18, 2),
    "date": pl.Date,
    "boolean": pl.Boolean,
}
_SQL = {
    "text": "TEXT",
    "code": "TEXT",
    "integer": "BIGINT",
    "decimal": "NUMERIC(19,6)",
    "money": "NUMERIC(18,2)",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
_TABLE = ", ".join(f'"{column}" {_SQL[type_]}' for column, type_ in COLUMNS.items())
_slow = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking such rules takes minutes
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def lake():
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows (place BIGINT, {_TABLE})")
        yield connection


@pytest.fixture(scope="module")
def postgres():
    address = os.environ.get("DATABASE_URL")
    if not address:
        pytest.skip("DATABASE_URL names no PostgreSQL to compare with")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE TEMPORARY TABLE rows (place BIGINT, {_TABLE})")
        yield connection


def by_closure(parsed, table):
    return [[plain(one.value(row, on=ON)) for one in parsed] for row in table]


def by_polars(parsed, table):
    frame = pl.DataFrame(
        {str(column): [row[column] for row in table] for column in COLUMNS},
        schema={str(column): _POLARS[type_] for column, type_ in COLUMNS.items()},
    )
    answers = frame.select(one.expr(on=ON).alias(str(at)) for at, one in enumerate(parsed))
    if answers.height == 1 != len(table):  # nothing but literals
        answers = pl.concat([answers] * len(table))
    return [[plain(value) for value in row] for row in answers.rows()]


def by_sql(connection, dialect, mark, parsed, table):
    connection.execute("DELETE FROM rows")
    places = ", ".join([mark] * (len(COLUMNS) + 1))
    for at, row in enumerate(table):
        connection.execute(f"INSERT INTO rows VALUES ({places})", [at, *(row[c] for c in COLUMNS)])
    wanted = ", ".join(f"{one.sql(dialect, on=ON)} AS v{at}" for at, one in enumerate(parsed))
    found = connection.execute(f"SELECT {wanted} FROM rows ORDER BY place").fetchall()
    return [[plain(value) for value in row] for row in found]


def plain(value):
    return value.normalize() if isinstance(value, Decimal) else value


def show(expected, got, texts):
    return [
        (text, row, a, b)
        for row, (one, two) in enumerate(zip(expected, got, strict=True))
        for text, a, b in zip(texts, one, two, strict=True)
        if a != b or (isinstance(a, bool) != isinstance(b, bool))
    ]


def parse(kind, texts):
    return [kind.parse(text, SCOPE) for text in texts]


@_slow
@given(st.lists(rules(), min_size=2, max_size=4), rows())
def test_rules_agree_on_duckdb_and_polars(lake, texts, table):
    parsed = parse(Rule, texts)

    expected = by_closure(parsed, table)

    assert not show(expected, by_sql(lake, "duckdb", "?", parsed, table), texts)
    assert not show(expected, by_polars(parsed, table), texts)


@_slow
@given(st.lists(formulas(), min_size=2, max_size=4), rows())
def test_formulas_agree_on_duckdb_and_polars(lake, texts, table):
    parsed = parse(Formula, texts)

    expected = by_closure(parsed, table)

    assert not show(expected, by_sql(lake, "duckdb", "?", parsed, table), texts)
    assert not show(expected, by_polars(parsed, table), texts)


@_slow
@given(st.lists(rules() | formulas(), min_size=2, max_size=4), rows())
def test_rules_and_formulas_agree_on_postgresql(postgres, texts, table):
    parsed = parse(Formula, texts)

    expected = by_closure(parsed, table)

    assert not show(expected, by_sql(postgres, "postgres", "%s", parsed, table), texts)
