"""The lake follows the ledger once, holds no one's name, and shows a purpose its columns only."""

import duckdb
import polars as pl
import pytest
from django.db import transaction

from yiwang.kernel.ids import new_id
from yiwang.lake import actions, parts, queries
from yiwang.lake.models import Part
from yiwang.lake.queries import PURPOSES, Purpose, query
from yiwang.ledger import sequencer
from yiwang.ledger.actions import Actor, record

BY = Actor("staff", "clerk-7", "health")
WHY = "counting in a test"


@pytest.fixture(autouse=True)
def a_lake(settings, tmp_path, db):
    settings.LAKE_ROOT = tmp_path / "lake"
    PURPOSES._entries.pop("test", None)
    PURPOSES.add("test", Purpose(WHY, {"acts": ("what", "case")}))
    yield
    PURPOSES._entries.pop("test", None)


def acted(*names, case=None):
    with transaction.atomic():
        for name in names:
            record(name, by=BY, case=case, about=[new_id()])
    while sequencer.place():
        pass


def counted():
    sql = "SELECT what, count(*) AS n FROM acts GROUP BY what ORDER BY what"
    return dict(query(sql, purpose="test").iter_rows())


def test_what_happened_is_brought_once():
    acted("case.sent", "case.accepted")

    assert (actions.follow(), actions.follow()) == (2, 0)

    acted("case.sent")
    assert actions.follow() == 1
    assert counted() == {"case.accepted": 1, "case.sent": 2}
    assert queries.as_far_as() == parts.last_position("acts") == 2


def test_an_empty_lake_answers_with_no_rows():
    assert counted() == {}
    assert queries.as_far_as() == -1


def test_nobody_is_named_in_it():
    case = new_id()
    acted("case.sent", "case.accepted", case=case)
    actions.follow()

    (part,) = parts.listed("acts")
    written = (parts.root() / part.path).read_bytes()
    rows = parts.read([part])

    assert str(case).encode() not in written and b"clerk-7" not in written
    assert rows["case"].n_unique() == 1 and rows["case"][0] != str(case)
    assert "subjects" not in rows.columns and "body" not in rows.columns


def test_a_purpose_sees_its_columns_and_no_file_of_the_machine():
    acted("case.sent")
    actions.follow()

    with pytest.raises(KeyError):
        query("SELECT 1", purpose="curiosity")
    with pytest.raises(duckdb.BinderException):
        query("SELECT department FROM acts", purpose="test")
    with pytest.raises(duckdb.PermissionException):
        query("SELECT * FROM read_csv('/etc/passwd')", purpose="test")


def test_small_files_become_one_and_the_answer_stays():
    for _ in range(3):
        acted("case.sent", "case.accepted")
        actions.follow()
    before, old = counted(), {part.path for part in parts.listed("acts")}

    replaced = actions.compact()

    (part,) = parts.listed("acts")
    assert (replaced, part.first, part.last, part.rows) == (3, 0, 5, 6)
    assert counted() == before
    assert all((parts.root() / path).exists() for path in old)


def test_a_file_nobody_lists_goes_after_an_hour(monkeypatch):
    acted("case.sent")
    actions.follow()
    (kept,) = parts.listed("acts")
    with pytest.raises(RuntimeError), transaction.atomic():
        parts.add("acts", pl.DataFrame({"position": [9]}), first=9, last=9)
        raise RuntimeError("the transaction fails")

    assert actions.sweep() == 0
    monkeypatch.setattr(actions, "OLD", -1.0)
    assert actions.sweep() == 1

    assert [p.name for p in parts.root().glob("acts/*.parquet")] == [kept.path.split("/")[1]]
    assert Part.objects.count() == 1


def test_a_table_handed_in_can_be_joined():
    acted("case.sent", "case.granted")
    actions.follow()
    weights = pl.DataFrame({"what": ["case.sent"], "weight": [5]})

    rows = query(
        "SELECT weight FROM acts JOIN weights USING (what) WHERE what = $name",
        purpose="test", values={"name": "case.sent"}, tables={"weights": weights},
    )  # fmt: skip

    assert rows["weight"].to_list() == [5]
