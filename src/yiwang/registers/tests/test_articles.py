"""Articles of law in English."""

from __future__ import annotations

import pytest

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis
from yiwang.registers.articles import article_in_english
from yiwang.registers.grants import basis_text


@pytest.mark.parametrize(
    ("article", "english"),
    [
        ("第七条", "art. 7"),
        ("第十条", "art. 10"),
        ("第二十三条第一款", "art. 23 para. 1"),
        ("第一千零四十二条", "art. 1042"),
        ("第一百二十条之一", "art. 120-1"),
        ("第7条", "art. 7"),
        ("", ""),
        ("Annex 1", "Annex 1"),
    ],
)
def test_an_article_is_found_by_an_english_reader(article, english):
    assert article_in_english(article) == english


def test_a_law_is_named_with_its_article():
    named = basis_text(Basis(law=Text(zh="户口登记条例", en="Ordinance"), article="第七条"))
    local = basis_text(Basis(law=Text(zh="共享协议（本市）", en="Agreement")))

    assert (named.zh, named.en) == ("《户口登记条例》第七条", "Ordinance, art. 7")
    assert (local.zh, local.en) == ("共享协议（本市）", "Agreement")
