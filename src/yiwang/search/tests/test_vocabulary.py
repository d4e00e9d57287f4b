"""Everyday words: the general ones, and a city's own before them."""

from __future__ import annotations

from yiwang.kernel.words import Text
from yiwang.search.declarations import Meaning, Vocabulary
from yiwang.search.vocabulary import general, merged

TITLE = Text(zh="本地", en="local")


def test_the_general_vocabulary_is_rich_and_sound():
    said = merged(general())

    assert len(said) > 2000
    assert said["上户口"].means[0] == "出生登记"
    assert said["我想"].filler
    assert [word for word, one in said.items() if not word.strip() or not 0 < one.weight <= 1] == []


def test_a_citys_own_meaning_comes_first():
    own = Vocabulary(
        id="own", title=TITLE, words=(Meaning(say=("上户口",), means=("新生儿落户",)),)
    )

    said = merged([own, *general()])

    assert said["上户口"].means[:2] == ("新生儿落户", "出生登记")
