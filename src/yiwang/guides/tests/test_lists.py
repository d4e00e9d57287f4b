"""Powers, duties and services by office; clauses in the way; both as files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from yiwang.catalogue.queries import guides
from yiwang.guides.pages.obstacles import barriers
from yiwang.guides.pages.powers import of_office, overview, rows
from yiwang.guides.views.exports import _plain
from yiwang.kernel.errors import NotFound
from yiwang.services.tests.visitor import words

EN = {"accept-language": "en"}


def test_every_item_is_counted_once_under_its_office(pack):
    found = overview(pack)

    assert [(one.id, one.own, one.total, one.duties) for one in found.offices] == [
        ("library", True, 2, 1), ("009988001", False, 1, 0),
    ]  # fmt: skip
    assert found.total == len(guides(pack)) == sum(found.totals)
    assert found.duties == 1


def test_an_office_shows_duties_and_each_power_with_its_law(pack):
    found = of_office(pack, "library")

    (type, powers), *rest = found.groups
    assert [str(one) for one in found.duties] == ["借书、办借书证"]
    assert (str(type), rest, found.lawless) == ("公共服务", [], 0)
    assert powers[0].laws == ("《中华人民共和国公共图书馆法》第三十三条",)
    assert (powers[0].statutory, powers[0].promised) == ("20个工作日", "2个工作日")


def test_where_the_source_names_no_law_it_is_said(pack):
    found = of_office(pack, "009988001")

    assert found.lawless == 1 and found.groups[0][1][0].laws is None


def test_an_office_nobody_knows_has_no_list(pack):
    with pytest.raises(NotFound):
        of_office(pack, "moon")


def test_the_file_says_what_the_page_says(client, live):
    text = client.get("/powers.csv").content.decode("utf-8-sig")
    told = json.loads(client.get("/powers.json").content)

    lines = list(csv.DictReader(io.StringIO(text)))
    assert [one["kind"] for one in lines] == ["duty", "service", "service", "service"]
    assert [one["id"] for one in lines] == [one["id"] for one in told]
    assert (lines[1]["statutory_days"], lines[3]["statutory_count"]) == ("20", "none")
    assert len(list(rows(live))) == 4


def test_no_cell_is_a_formula():
    assert _plain("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _plain("出生登记") == "出生登记" and _plain(20) == 20


def test_few_people_are_not_counted_out_loud(pack):
    few = barriers(pack, guides(pack), {"library-card": 9})
    many = barriers(pack, guides(pack), {"library-card": 10, "other": 5})

    assert few[0].people is None
    assert many[0].people == 10
    assert [one.url for one in few[0].items] == ["/services/library-card/"]


def test_the_clause_stands_on_its_page_and_on_the_guide_it_touches(client, live):
    page = words(client.get("/obstacles/", headers=EN))
    guide = words(client.get("/services/library-card/", headers=EN))

    assert "The library card is fetched in person" in page
    assert "fewer than 10" in page and "change proposed" in page
    assert "The law still demands: come in person" in guide
    assert "the government of Example City" in guide


def test_the_lists_open_in_both_languages(client, live):
    addresses = ["/powers/", "/powers/library/", "/powers/009988001/", "/obstacles/", "/browse/"]

    for address in addresses:
        for language in ("en", "zh-hans"):
            answer = client.get(address, headers={"accept-language": language})
            assert answer.status_code == 200, address
