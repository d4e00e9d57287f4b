"""What stands above what."""

from __future__ import annotations

import pytest

from yiwang.search.index import _text
from yiwang.search.ranking import Judge, uses_of_one
from yiwang.search.reading import read


@pytest.fixture
def order(documents, lexicon):
    def ordered(query, uses=None):
        judge = Judge(read(query, lexicon), lexicon)
        scored = [
            (judge.score(_text(one), (uses or {}).get(one.id, 0.0)), one) for one in documents
        ]
        scored.sort(key=lambda pair: -pair[0].score)
        return [one.title.zh for _, one in scored]

    return ordered


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("上户口", "出生登记"),
        ("开饭店", "食品经营许可"),
        ("护照丢了", "办理普通护照"),
        ("护照办好了没", "首次办理普通护照办证进度查询"),
        ("考驾照", "机动车驾驶证初次申领"),
        ("驾照", "机动车驾驶证初次申领"),
        ("驾照不要了注销", "机动车驾驶证注销"),
        ("我要结婚", "结婚登记"),
        ("结婚证弄丢了怎么办", "补领结婚证"),
        ("hukou", "出生登记"),
        ("去香港玩", "往来港澳通行证签发"),
        ("get married", "结婚登记"),
    ],
)
def test_the_right_item_stands_first(order, said, first):
    assert order(said)[0] == first


def test_what_is_used_more_stands_above_what_answers_as_well(order, documents):
    passport = [one.id for one in documents if one.title.zh.endswith("等级证书核发")]

    assert order("证", {passport[0]: 1.0})[0] == "普通话水平测试等级证书核发"


def test_use_is_counted_by_the_logarithm():
    assert uses_of_one({"a": 0, "b": 9, "c": 99}) == {"a": 0.0, "b": 0.5, "c": 1.0}
    assert uses_of_one({}) == {}
