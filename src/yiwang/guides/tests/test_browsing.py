"""The catalogue narrowed, ordered, cut into pages."""

from __future__ import annotations

import pytest

from yiwang.guides.pages.browse import shelf
from yiwang.guides.pages.lines import in_days, initial
from yiwang.pack.declaration import Limit
from yiwang.services.tests.visitor import words

PUBLISHED = "11990000009988001x2009901001000"
EN = {"accept-language": "en"}


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("出生登记", "C"), ("《安全》许可", "A"), ("座位预约", "Z"), ("ISO 认证", "I"),
        ("麒麟", "#"), ("2026 年补贴", "#"), ("", "#"), ("一件事", "Y"), ("（车辆）年检", "C"),
    ],
)  # fmt: skip
def test_a_title_is_found_under_the_letter_of_its_sound(title, letter):
    assert initial(title) == letter


def test_limits_are_told_as_people_count_and_none_is_not_silence():
    assert in_days(Limit(days=0)) == "当天"
    assert in_days(Limit(days=5)) == "5个工作日"
    assert in_days(Limit(days=30, count="natural")) == "30个自然日"
    assert in_days("none") == "没有时限"
    assert in_days(None) == ""


def test_what_can_be_done_here_stands_first_then_what_is_only_published(pack):
    found = shelf(pack, {}, 1)

    assert [(one.title.zh, one.here) for one in found.lines] == [
        ("办借书证", True), ("加入读书会", True), ("古籍阅览预约", False),
    ]  # fmt: skip
    assert [letter.id for letter in found.letters] == ["B", "G", "J"]
    assert [one.id for one in found.bundles] == ["joining-in", "moving-in"]


def test_choices_narrow_together_and_each_can_be_let_go(pack):
    found = shelf(pack, {"letter": "G", "type": "public-service", "nonsense": "x"}, 1)

    assert [one.title.zh for one in found.lines] == ["古籍阅览预约"]
    assert dict(found.chosen) == {
        "事项类型：公共服务": "?letter=G", "拼音首字母：G": "?type=public-service",
    }  # fmt: skip
    assert found.bundles == ()


def test_what_fits_nothing_leads_on(client, live):
    page = client.get("/browse/?office=nobody", headers=EN)

    assert page.status_code == 200
    assert "Nothing fits all of this" in words(page) and "0 items" in words(page)


@pytest.mark.parametrize("page", ["0", "-3", "999999999999", "two", "²"])
def test_a_page_that_is_not_there_is_the_nearest(client, live, page):
    answer = client.get("/browse/", {"page": page}, headers=EN)

    assert answer.status_code == 200 and "3 items" in words(answer)


def test_each_line_leads_to_a_guide_that_opens(client, live):
    for one in shelf(live, {}, 1).lines:
        assert client.get(one.url).status_code == 200, one.url


def test_the_guide_of_a_published_item_says_what_its_source_does_not(client, live):
    page = words(client.get(f"/items/{PUBLISHED}/", headers=EN))

    assert "It cannot be applied for on this site yet" in page
    assert "Limit by law no limit" in page and "1 working day" in page
    assert "0998-2000 0001" in page and "青石市中街 8 号三楼 2 号窗口" in page
    assert "Not told by the source: the law it rests on" in page and "the fee" in page
    assert "Start" not in page


def test_an_item_of_the_citys_own_has_one_address(client, live):
    answer = client.get("/items/library-card/")

    assert answer.status_code == 302 and answer["Location"] == "/services/library-card/"


def test_an_item_nobody_knows_is_told_so(client, live):
    answer = client.get("/items/no-such-item/", headers=EN)

    assert answer.status_code == 404 and "There is no item" in words(answer)


def test_the_guide_leads_back_from_paper(client, live):
    page = client.get("/services/library-card/", headers=EN)

    assert "http://testserver/services/library-card/" in words(page)
    assert '<svg viewBox="0 0' in page.content.decode()
    assert "At least six years old" in words(page)
