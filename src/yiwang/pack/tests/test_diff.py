from __future__ import annotations

import pytest

from yiwang.kernel.words import Text
from yiwang.pack.diff import SENTENCES, Phrase, compare, differences
from yiwang.pack.loader import read
from yiwang.pack.tests.town import HALL, put


def both(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    phrases = (
        Phrase(
            "phone", changed=both("{title}换了电话：{after}", "{title} has a new phone: {after}")
        ),
        Phrase(
            "openings.*.hours",
            more=both("{title}多开了", "{title} opens longer"),
            less=both("{title}少开了", "{title} opens shorter: {before} → {after}"),
        ),
        Phrase("above", removed=both("{title}独立了", "{title} stands alone")),
    )
    monkeypatch.setattr(SENTENCES, "_entries", {"office": phrases})


def change(folder, before: str, after: str) -> list[tuple[str, bool]]:
    put(folder, "offices/hall.yaml", before)
    a = read(folder).pack
    put(folder, "offices/hall.yaml", after)
    b = read(folder).pack
    return [(one.says.en, one.plain) for one in compare(a, b)]


def test_nothing_changed_nothing_is_told(folder):
    assert change(folder, HALL, "# a remark\n" + HALL) == []


def test_the_rooms_sentence_is_used(folder):
    assert change(folder, HALL, HALL.replace("0990", "0991")) == [
        ("Town hall has a new phone: 0991", False)
    ]


def test_longer_and_shorter_are_told_apart(folder):
    short = HALL + "openings: [{day: monday, hours: 4}, {day: tuesday}]\n"
    long = short.replace("4", "6")

    assert change(folder, short, long) == [("Town hall opens longer", False)]
    assert change(folder, long, short) == [("Town hall opens shorter: 6 → 4", False)]


def test_what_falls_away_is_told(folder):
    assert change(folder, HALL + "above: hall\n", HALL) == [("Town hall stands alone", False)]


def test_other_fields_are_told_by_name_and_come_last(folder):
    after = HALL.replace("0990", "1") + "rate: 0.5\nbeside: [hall]\n"

    assert change(folder, HALL, after) == [
        ("Town hall has a new phone: 1", False),
        ("office “Town hall”, beside.hall: new: hall.", True),
        ("office “Town hall”, rate: new: 0.5.", True),
    ]


def test_new_and_gone_declarations_are_told(folder):
    before = read(folder).pack
    put(folder, "offices/new.yaml", HALL.replace("Town hall", "Annexe"))
    after = read(folder).pack

    assert [one.says.en for one in compare(before, after)] == ["New office “Annexe”."]
    assert [one.says.zh for one in compare(after, before)] == ["取消机构「镇公所」。"]


def test_items_are_matched_by_what_they_are_not_by_position():
    a = {"steps": [{"id": "x", "days": 1}, {"id": "y", "days": 2}]}
    b = {"steps": [{"id": "y", "days": 3}, {"id": "z", "days": 1}]}

    found = [(one.path, one.before, one.after) for one in differences(a, b)]

    assert found == [
        (("steps", "x"), {"id": "x", "days": 1}, None),
        (("steps", "y", "days"), 2, 3),
        (("steps", "z"), None, {"id": "z", "days": 1}),
    ]


def test_another_order_of_the_same_items_is_a_change():
    assert len(list(differences({"a": ["x", "y"]}, {"a": ["y", "x"]}))) == 1
    assert list(differences({"a": ["x", "x"]}, {"a": ["x"]}))
    assert list(differences({"a": []}, {"a": ["x"]}))
