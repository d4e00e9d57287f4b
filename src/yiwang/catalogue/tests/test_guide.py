"""The guide to an item, whoever declares it."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiwang.catalogue.declarations import Authority, CatalogueItem
from yiwang.catalogue.guide import Office, Paper
from yiwang.catalogue.queries import guide, guides
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Declaration, Limit
from yiwang.pack.loader import read
from yiwang.pack.pack import Pack

CHECKOUT = Path(__file__).parents[4]
CITY = CHECKOUT / "packs" / "jiangcheng"


def same(words: str) -> Text:
    return Text(zh=words, en=words)


def pack_of(*declared: Declaration) -> Pack:
    kinds = {Authority: "authority", CatalogueItem: "catalogue-item"}
    found: dict[str, dict[str, Declaration]] = {}
    for one in declared:
        found.setdefault(kinds[type(one)], {})[one.id] = one
    return Pack(found, "")


def test_what_is_not_published_is_not_told():
    pack = pack_of(CatalogueItem(id="a", title="取水许可"))

    found = guide(pack, "a")

    assert found.title == same("取水许可")
    assert found.chinese == {"title"}
    told = {found.statutory, found.promised, found.papers, found.visits, found.online, found.fee,
            found.office, found.consult, found.basis, found.acceptance}  # fmt: skip
    assert told == {None}


def test_what_is_published_is_told_and_none_is_not_the_same_as_silence():
    pack = pack_of(
        Authority(id="water", title="青山省水利厅 "),
        CatalogueItem(
            id="a",
            title="<b>取水许可</b>&amp;变更 ",
            authority="water",
            materials=("申请书", Text(zh="身份证", en="identity card")),
            limits={"statutory": "none", "promised": {"days": 3, "count": "natural"}},
            consult="12345",
            joint=(),
        ),
    )

    found = guide(pack, "a")

    assert found.title == same("取水许可&变更")
    assert found.office == Office("authority", "water", same("青山省水利厅"))
    assert found.papers == (
        Paper(same("申请书")),
        Paper(Text(zh="身份证", en="identity card")),
    )
    assert (found.statutory, found.promised) == ("none", Limit(days=3, count="natural"))
    assert found.joint == ()
    assert found.chinese == {"title", "papers", "consult"}


def test_nothing_found_leads_on():
    with pytest.raises(NotFound, match="请从目录重新进入"):
        guide(pack_of(), "nowhere")


@pytest.fixture(scope="module")
def city() -> Pack:
    pack = read(CITY).pack
    assert pack is not None
    return pack


def test_every_service_of_a_city_has_its_guide(city: Pack):
    found = guides(city)["maternity-refund"]

    assert {one.kind for one in guides(city).values()} == {"service"}
    assert found.office == Office(
        "department",
        "medical-insurance",
        Text(zh="江城市医疗保障局", en="Jiangcheng Healthcare Security Bureau"),
    )
    assert found.promised == Limit(days=10)
    assert (found.online, found.counter, found.post, found.booking) == (True, True, False, None)
    assert [paper.conditional for paper in found.papers] == [False, True, True, True]
    assert found.consult == same("0199-8150 0505")
    assert found.chinese == frozenset()


def test_a_service_stands_in_the_place_of_the_item_it_implements(city: Pack):
    service = city.of_kind("service")["maternity-refund"]
    own = service.model_copy(update={"implements": "published"})
    both = Pack(
        {
            **{kind: city.of_kind(kind) for kind in ("department", "city", "licence-kind")},
            "service": {own.id: own},
            "catalogue-item": {"published": CatalogueItem(id="published", title="生育津贴")},
        },
        "",
    )

    assert list(guides(both)) == ["maternity-refund"]
    assert guide(both, "published").id == "maternity-refund"


def test_the_example_of_the_reference_has_a_guide_of_each_kind():
    pack = read(CHECKOUT / "docs" / "reference" / "pack" / "example").pack

    assert {one.kind for one in guides(pack).values()} == {"service", "catalogue-item"}
