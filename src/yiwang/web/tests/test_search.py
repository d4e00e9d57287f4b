"""The search over a whole city: pages, interface, command, and what a new pack changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.pack.actions import load
from yiwang.pack.queries import current
from yiwang.search.documents import SOURCES, Document, Source
from yiwang.search.queries import find, marked, suggest
from yiwang.web.cli import main

PACK = Path(__file__).parents[4] / "packs" / "jiangcheng"
BY = Actor("operator", "test")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexes(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"


@pytest.fixture
def city():
    load(PACK, by=BY)


def ids(found):
    return [hit.document.id for hit in found.hits]


@pytest.mark.parametrize("said", ["上户口", "孩子落户要什么材料", "shanghukou", "上户囗"])
def test_what_people_say_finds_the_item(city, said):
    assert ids(find(current(), said))[0] == "household-registration"


@pytest.mark.parametrize("said", ["工程审批", "开工建厂", "盖厂房", "build a factory"])
def test_a_firm_that_builds_finds_the_course_of_its_project(city, said):
    course = find(current(), said).hits[0].document

    assert (course.id, course.audiences) == ("investment-project", ("organisation",))
    assert course.url == "/projects/investment-project/"


def test_a_stage_stands_in_its_course_and_a_bundle_says_who_applies(city):
    found = {one.key: one for one in SOURCES["bundle"].documents(current())}

    assert {key: one.audiences for key, one in found.items()} == {
        "bundle/company-start": ("person",),
        "bundle/flat-transfer": ("person",),
        "bundle/newborn": ("person",),
    }


def test_a_new_item_is_found_as_soon_as_its_pack_is_loaded(city, tmp_path):
    assert "moon-permit" not in ids(find(current(), "登月许可"))
    before = find(current(), "上户口")
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    text = (folder / "services" / "child-care-guidance.yaml").read_text().splitlines()
    text[0] = 'title: {zh: "登月许可", en: "Permit to land on the moon"}'
    (folder / "services" / "moon-permit.yaml").write_text("\n".join(text))

    load(folder, by=BY)

    assert ids(find(current(), "登月许可"))[0] == "moon-permit"
    assert ids(find(current(), "登月"))[0] == "moon-permit"
    assert ids(find(current(), "dengyue"))[0] == "moon-permit"
    assert ids(find(current(), "moon"))[0] == "moon-permit"
    assert ids(find(current(), "上户口"))[:1] == ids(before)[:1]


def test_only_two_indexes_are_kept(city, settings, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    for title in ("甲", "乙", "丙"):
        (folder / "vocabulary").mkdir(exist_ok=True)
        (folder / "vocabulary" / "own.yaml").write_text(
            f"title: {{zh: {title}, en: own}}\nwords: [{{say: [{title}子], means: [出生登记]}}]\n"
        )
        load(folder, by=BY)
        assert ids(find(current(), f"{title}子"))[0] == "household-registration"

    assert len(list(Path(settings.SEARCH_ROOT).iterdir())) == 2


def test_facets_narrow_and_count(city):
    found = find(current(), "孩子")
    offices = {one.value: one.count for one in found.choices["department"]}

    narrowed = find(current(), "孩子", {"department": "江城市公安局"})

    assert len(narrowed.hits) == offices["江城市公安局"]
    assert {hit.document.department.zh for hit in narrowed.hits} == {"江城市公安局"}
    assert {one.value: one.count for one in narrowed.choices["department"]} == offices


def test_facets_alone_list_what_there_is(city):
    found = find(current(), "", {"life_event": "孩子出生"})

    assert len(found.hits) == 8  # the bundle and its seven items


def test_the_page_shows_what_was_found(city, client):
    page = client.get("/search/", {"q": "出生登记"}).content.decode()

    assert "household-registration" in page
    assert "<mark>出生登记</mark>" in page


def test_what_is_kept_of_a_page_is_given_to_those_only_who_ask_the_same(city, client):
    first, again, narrowed, other = (
        client.get("/search/", asked).content.decode()
        for asked in (
            {"q": "上户口"},
            {"q": "上户口"},
            {"q": "上户口", "audience": "企业和单位"},
            {"q": "医保"},
        )
    )
    client.cookies["django_language"] = "en"
    english = client.get("/search/", {"q": "上户口"}).content.decode()

    founds = [page.partition("y-found-count")[2].partition("</main>")[0]
              for page in (first, again, narrowed, other, english)]  # fmt: skip
    assert founds[0] == founds[1]
    assert len(set(founds)) == 4
    assert "results" in founds[4]


def test_a_new_pack_is_shown_where_a_page_of_the_old_one_was_kept(city, client, tmp_path):
    assert "moon-permit" not in client.get("/search/", {"q": "登月许可"}).content.decode()
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    text = (folder / "services" / "child-care-guidance.yaml").read_text().splitlines()
    text[0] = 'title: {zh: "登月许可", en: "Permit to land on the moon"}'
    (folder / "services" / "moon-permit.yaml").write_text("\n".join(text))

    load(folder, by=BY)

    assert "moon-permit" in client.get("/search/", {"q": "登月许可"}).content.decode()


def test_nothing_found_leads_on(city, client):
    page = client.get("/search/", {"q": "啊嗯囧"}).content.decode()

    assert "没有找到" in page
    assert "12345" in page
    assert "/services/" in page or "/things/" in page


def test_a_wrong_page_facet_or_script_is_no_harm(city, client):
    nasty = "<script>alert(1)</script>" * 5

    assert client.get("/search/", {"q": "户口", "page": "999999"}).status_code == 200
    assert client.get("/search/", {"q": "户口", "page": "-1"}).status_code == 200
    assert client.get("/search/", {"q": "户口", "department": "无此部门"}).status_code == 200
    page = client.get("/search/", {"q": nasty})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_lines_are_offered_while_one_types(city, client):
    assert suggest(current(), "上户")[0].id == "household-registration"
    lines = client.get("/search/suggest/", {"q": "hukou"}).content.decode()

    assert "出生登记" in lines
    assert client.get("/search/suggest/", {"q": ""}).content.decode().strip() == ""


def test_machines_are_answered_alike(city, client):
    answer = client.get("/api/v1/search", {"q": "户照"}).json()

    assert set(answer) == {"query", "read_as", "count", "page", "pages", "hits", "facets"}
    assert client.get("/api/v1/search", {"q": "上户口"}).json()["hits"][0]["id"] == (
        "household-registration"
    )
    assert client.get("/api/v1/search", {"q": "x" * 500}).status_code == 422


def test_the_command_prints_the_same(city, capsys):
    assert main(["search", "上户口", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["hits"][0]["id"] == "household-registration"
    assert main(["search", "啊嗯囧", "--lang", "zh"]) == 1
    assert "没有找到" in capsys.readouterr().out


def test_a_room_above_gives_documents(city, monkeypatch):
    policy = Document(
        kind="policy",
        id="p1",
        title=Text(zh="稳岗返还办法", en="Refund for keeping jobs"),
        url="/p1/",
    )
    more = {"policy": Source(lambda pack: [policy])}
    monkeypatch.setattr(SOURCES, "_entries", {**dict(SOURCES.items()), **more})

    assert ids(find(current(), "稳岗返还"))[0] == "p1"


def test_what_was_asked_for_is_marked(city):
    found = find(current(), "出生登记")

    assert marked("补办出生登记", found.reading) == [("补办", False), ("出生登记", True)]
