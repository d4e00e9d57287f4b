"""Numbers given out by several at once."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from yiwang.licences.numbers import next_number, next_numbers

PATTERN = "N{region}-{year}-{serial:04}"


def test_numbers_follow_the_pattern(db):
    given = {"kind": f"k-{uuid4()}", "year": 2026, "region": "990100"}

    assert next_number(PATTERN, **given) == "N990100-2026-0001"
    assert next_numbers(2, PATTERN, **given) == ["N990100-2026-0002", "N990100-2026-0003"]
    assert next_number(PATTERN, **{**given, "year": 2027}) == "N990100-2027-0001"


def test_long_names_of_kinds_stay_apart(db):
    kind = "k" * 60 + str(uuid4())

    numbers = [next_number("{serial}", kind=kind + end, year=1, region="") for end in "ab"]

    assert numbers == ["1", "1"]


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_the_first_of_a_kind_at_once_get_two_numbers():
    kind, numbers, errors = f"k-{uuid4()}", [], []
    begin = threading.Barrier(4)

    def issue():
        try:
            begin.wait(timeout=5)
            with transaction.atomic():
                numbers.append(next_number("{serial}", kind=kind, year=2026, region=""))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert errors == []
    assert sorted(numbers) == ["1", "2", "3", "4"]
