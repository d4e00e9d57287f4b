"""Rows that wait for each other, and statements written by hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from yiwang.ledger.actions import Actor, record
from yiwang.ledger.models import Act, RootKey
from yiwang.ledger.statement import as_json, fetch, run
from yiwang.ledger.together import together, written

CLERK = Actor("staff", "7", "civil-affairs")


def test_rows_are_written_once_the_outermost_block_ends():
    batches: list[list[int]] = []

    with together():
        written(batches.append, [1])
        with together():
            written(batches.append, [2, 3])
        assert batches == []

    assert batches == [[1, 2, 3]]


def test_without_a_block_rows_are_written_at_once():
    batches: list[list[int]] = []

    written(batches.append, [1])

    assert batches == [[1]]


def test_what_fails_leaves_nothing_to_be_written():
    batches: list[list[int]] = []

    with together():
        written(batches.append, [1])
        with pytest.raises(ValueError), together():
            written(batches.append, [2])
            raise ValueError

    assert batches == [[1]]


@pytest.mark.django_db
def test_an_undone_step_is_not_told_of():
    with transaction.atomic(), together():
        record("step.kept", by=CLERK)
        with pytest.raises(ValueError), transaction.atomic(), together():
            record("step.undone", by=CLERK)
            raise ValueError

    assert [act.what for act in Act.objects.all()] == ["step.kept"]


@pytest.mark.django_db
def test_a_row_comes_back_as_its_model_would_read_it():
    with transaction.atomic():
        made = record("step.done", by=CLERK, body={"n": 1})

    found = fetch("SELECT * FROM ledger_act WHERE id = %(id)s", {"id": made.id}, Act)

    read = Act.objects.get(pk=made.id)
    assert found is not None
    for field in Act._meta.concrete_fields:
        mine, theirs = getattr(found[0], field.attname), getattr(read, field.attname)
        assert mine == theirs, field.attname


@pytest.mark.django_db
def test_no_row_is_none():
    assert fetch("SELECT * FROM ledger_act WHERE what = %(what)s", {"what": "x"}, Act) is None


@pytest.mark.django_db
def test_a_statement_raises_what_a_model_would():
    with transaction.atomic():
        record("step.done", by=CLERK)
    key = RootKey.objects.get()
    again = "INSERT INTO ledger_rootkey SELECT * FROM jsonb_populate_recordset("
    again += "NULL::ledger_rootkey, %(keys)s::jsonb)"

    with pytest.raises(IntegrityError), transaction.atomic():
        run(again, {"keys": as_json([key])})

    assert RootKey.objects.count() == 1
