"""A small shelf of documents, indexed once."""

from __future__ import annotations

import pytest

from yiwang.kernel.words import Text
from yiwang.search.building import lexicon_of
from yiwang.search.documents import Document
from yiwang.search.vocabulary import general, merged

TITLES = (
    "出生登记",
    "办理普通护照",
    "首次办理普通护照办证进度查询",
    "机动车驾驶证初次申领",
    "机动车驾驶证注销",
    "食品经营许可",
    "结婚登记",
    "补领结婚证",
    "残疾人证新办证",
    "普通话水平测试等级证书核发",
    "往来港澳通行证签发",
    "住房公积金提取",
)


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return [
        Document(kind="item", id=f"item-{n}", title=Text(zh=title, en=title), url=f"/{n}/")
        for n, title in enumerate(TITLES)
    ]


@pytest.fixture(scope="session")
def lexicon(documents):
    return lexicon_of(documents, merged(general()))
