"""Each criterion passes, fails, cannot be judged, or does not concern an item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yiwang.catalogue.guide import Answer, Guide, Office, Step
from yiwang.catalogue.quality import Score, by_office, judged, score
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit


def words(said: str) -> Text:
    return Text(zh=said, en=said)


FIVE, TEN = Limit(days=5), Limit(days=10)
GOOD = Guide(
    id="good",
    kind="catalogue-item",
    title=words("取水许可"),
    type="permit",
    office=Office("authority", "water", words("水利厅")),
    statutory=TEN,
    promised=FIVE,
    handling="promised",
    visits=0,
    online=True,
    counter=True,
    post=False,
    consult=words("0199-81200101"),
    complaint=words("0199-81200199"),
    address=words("中街 8 号"),
    hours=words("工作日 9:00–17:00"),
    result=words("许可证"),
    result_type="licence",
    result_sample="https://a.example/sample",
    free=True,
    fee=words("不收费"),
    steps=(Step(words("受理"), Limit(days=1)), Step(words("决定"), Limit(days=4))),
    questions=(Answer(words("要多久？"), words("五天。")),),
    acceptance=(words("有取水工程。"),),
)


def state(criterion: str, **changed: object) -> str | None:
    verdicts = judged(replace(GOOD, **changed))
    return next((one.state for one in verdicts if one.criterion == criterion), None)


def test_a_good_guide_passes_everything():
    assert {one.state for one in judged(GOOD)} == {"passed"}
    assert len(judged(GOOD)) == 11


@pytest.mark.parametrize(
    ("criterion", "changed", "wanted"),
    [
        ("handling", {"handling": "instant", "promised": Limit(days=1)}, "passed"),
        ("handling", {"handling": "instant"}, "failed"),
        ("handling", {"promised": Limit(days=0)}, "failed"),
        ("handling", {"promised": "none"}, "failed"),
        ("handling", {"handling": None}, "not-told"),
        ("within-the-law", {"promised": Limit(days=11)}, "failed"),
        ("within-the-law", {"promised": Limit(days=14, count="natural")}, "passed"),
        ("within-the-law", {"promised": Limit(days=15, count="natural")}, "failed"),
        ("within-the-law", {"statutory": "none"}, "failed"),
        ("within-the-law", {"statutory": "none", "type": "award"}, None),
        ("within-the-law", {"promised": "none"}, "failed"),
        ("within-the-law", {"statutory": None}, "not-told"),
        ("visits", {"online": False}, "failed"),
        ("visits", {"online": False, "post": True}, "passed"),
        ("visits", {"online": False, "visits": 1}, "passed"),
        ("visits", {"visits": None}, "not-told"),
        ("phones", {"complaint": words("0199-8120 0101")}, "failed"),
        ("phones", {"complaint": words("找王科长")}, "failed"),
        ("phones", {"consult": None}, "not-told"),
        ("result", {"result_sample": None}, "not-told"),
        ("result", {"result_type": "money", "result_sample": None}, "passed"),
        ("result", {"result_type": None}, "not-told"),
        ("fee", {"online_payment": True}, "failed"),
        ("fee", {"free": False, "fee": None}, "failed"),
        ("fee", {"free": False, "fee": words("10 元")}, "not-told"),
        ("fee", {"free": False, "fee": words("10 元"), "online_payment": True}, "passed"),
        ("fee", {"free": None}, "not-told"),
        ("steps", {"promised": Limit(days=4)}, "failed"),
        ("steps", {"steps": (Step(words("受理")),)}, "not-told"),
        ("steps", {"steps": None}, "not-told"),
        ("steps", {"promised": "none"}, None),
        ("window", {"address": words("水利大厦")}, "failed"),
        ("window", {"hours": words("工作日")}, "failed"),
        ("window", {"hours": None}, "not-told"),
        ("window", {"counter": False, "hours": None}, None),
        ("permit", {"steps": ()}, "failed"),
        ("permit", {"questions": None}, "not-told"),
        ("permit", {"type": "award", "steps": None}, None),
        ("questions", {"questions": ()}, "failed"),
        ("conditions", {"acceptance": ()}, "failed"),
        ("conditions", {"acceptance": None}, "not-told"),
    ],
)
def test_a_criterion(criterion: str, changed: dict[str, object], wanted: str | None):
    assert state(criterion, **changed) == wanted


def test_what_is_not_told_is_no_pass():
    bare = Guide(id="bare", kind="catalogue-item", title=words("无"))

    found = score([bare])

    assert (found.passed, found.failed) == (0, 0)
    assert (found.percent, found.told) == (None, 0)


def test_a_score_is_of_what_could_be_judged():
    bad = replace(GOOD, id="bad", online_payment=True, handling=None)

    found = score([GOOD, bad])

    assert found == Score(items=2, passed=20, failed=1, not_told=1)
    assert (found.percent, found.told) == (95, 95)
    assert {office: len(all) for office, all in by_office([GOOD, bad]).items()} == {"water": 2}
    assert list(by_office([replace(GOOD, office=None)])) == [""]
