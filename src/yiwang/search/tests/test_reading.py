"""How a query is cut into what it asks for."""

from __future__ import annotations

import pytest

from yiwang.search.reading import read


def texts(reading):
    return [unit.text for unit in reading.units]


def meant(reading):
    """The best words of each unit."""
    return [max(unit.wanted, key=lambda one: one.worth).words for unit in reading.units]


def test_speech_is_no_part_of_what_is_asked(lexicon):
    assert texts(read("我想考驾照要什么手续？", lexicon)) == ["考驾照"]


def test_the_longest_thing_said_is_taken(lexicon):
    assert meant(read("结婚证丢了", lexicon)) == [("补领结婚证",)]


def test_what_was_never_said_before_is_looked_for_as_it_is(lexicon):
    assert texts(read("煤棚", lexicon)) == ["煤棚"]


@pytest.mark.parametrize(
    ("typed", "taken_for"),
    [
        ("户照", "护照"),  # sounds alike
        ("驾召", "驾照"),
        ("普通话水瓶", "普通话水平"),
        ("残即证", "残疾证"),
        ("港澳通证", "港澳通行证"),  # one missing
        ("港澳通行行证", "港澳通行证"),  # one more
        ("huzhao", "护照"),
        ("hu zhao", "护照"),
        ("gatxz", "港澳通行证"),
        ("jiehun", "结婚"),
        ("jiehunzhengdiule", "结婚证丢了"),
        ("gongjijin", "公积金"),
        ("gjj", "公积金"),
    ],
)
def test_a_wrong_sign_pinyin_and_initials_are_told_as_they_were_taken(lexicon, typed, taken_for):
    assert read(typed, lexicon).corrected.startswith(taken_for)


def test_what_is_known_is_not_corrected(lexicon):
    assert read("护照", lexicon).corrected == ""
    assert read("passport", lexicon).corrected == ""


def test_traditional_and_wide_signs_are_folded(lexicon):
    assert meant(read("駕照", lexicon)) == meant(read("驾照", lexicon))
    assert texts(read("ＫＴＶ", lexicon)) == ["ktv"]


def test_an_english_word_means_the_same_thing(lexicon):
    assert ("普通护照",) in [one.words for one in read("lost passport", lexicon).units[1].wanted]


@pytest.mark.parametrize("typed", ["", "   ", "？！", "\x00", "🙂", "我想"])
def test_nothing_said_is_nothing_asked_or_only_speech(lexicon, typed):
    assert texts(read(typed, lexicon)) in ([], ["我想"])
