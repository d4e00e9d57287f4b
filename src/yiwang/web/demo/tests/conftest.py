from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from yiwang.ledger.actions import Actor
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.pack.pack import Pack
from yiwang.web.demo.files import Demo, Entry, read

PACK = Path(__file__).parents[5] / "packs" / "jiangcheng"


@pytest.fixture
def pack(db: None, settings, tmp_path: Path) -> Iterator[Pack]:
    """The real pack, live; files go to a folder of their own."""
    settings.HOME = str(tmp_path)
    queries.forget()
    load(PACK, by=Actor("operator", "test"))
    yield queries.current()
    queries.forget()


@pytest.fixture(scope="session")
def whole() -> Demo:
    """The demo files as they are."""
    return read(PACK)


def with_week(demo: Demo, *entries: Entry) -> Demo:
    """The same demo with another week."""
    return demo.model_copy(update={"week": demo.week.model_copy(update={"week": entries})})


@pytest.fixture(scope="session")
def quiet(whole: Demo) -> Demo:
    """The demo's named families, and no week."""
    return with_week(whole)
