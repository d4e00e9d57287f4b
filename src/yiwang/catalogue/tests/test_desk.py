"""The bureau's page of quality."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from django.test import Client

from yiwang.catalogue.tests.test_guide import CITY
from yiwang.identity.actions import open_account, register_staff
from yiwang.ledger.actions import Actor
from yiwang.pack import queries
from yiwang.pack.actions import load

BY = Actor("operator", "test")


@pytest.fixture
def client(db: None, tmp_path) -> Iterator[Client]:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "source").mkdir()
    (tmp_path / "catalogue" / "items.jsonl").write_text(
        '{"id": "odd", "title": "=1+1 <b>取水</b>", "consult": "12345", "complaint": "12345"}\n'
    )
    queries.forget()
    load(CITY, over=[tmp_path], by=BY)
    staff = register_staff(
        name="周明", number="1", department="data-bureau", roles=["supervisor"], by=BY
    )
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(open_account("s", None, staff=staff, by=BY))
    yield client
    queries.forget()


def test_offices_stand_with_their_scores_the_worst_first(client: Client):
    page = client.get("/desk/quality/").content.decode()

    assert page.index("没有部门的事项") < page.index("江城市公安局")


def test_an_office_opens_into_its_findings(client: Client):
    page = client.get("/desk/quality/-/").content.decode()

    assert "投诉电话和咨询电话是同一个。" in page
    assert "来源没有提供这一项" in page
    assert "<b>取水" not in page

    only = client.get("/desk/quality/-/?show=failed").content.decode()

    assert "投诉电话和咨询电话是同一个。" in only
    assert "来源没有提供这一项" not in only


def test_pages_that_are_none_show_the_nearest(client: Client):
    for asked in ("0", "-1", "99999999", "x", "%C2%B2"):
        assert client.get(f"/desk/quality/?page={asked}").status_code == 200


def test_an_office_without_items_is_told(client: Client):
    assert client.get("/desk/quality/nowhere/").status_code == 404


def test_the_table_is_safe_in_a_spreadsheet(client: Client):
    answer = client.get("/desk/quality.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    odd = [row for row in rows if row["item"] == "odd"]
    assert {row["title"] for row in odd} == {"'=1+1 取水"}
    assert {(row["criterion"], row["state"]) for row in odd} >= {
        ("phones", "failed"), ("handling", "not-told"),
    }  # fmt: skip
