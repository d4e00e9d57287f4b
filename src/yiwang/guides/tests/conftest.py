from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from yiwang.kernel.words import speaking
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.pack.loader import read
from yiwang.pack.pack import Pack
from yiwang.services.tests.family import BY

EXAMPLE = Path(__file__).parents[4] / "docs" / "reference" / "pack" / "example"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Whatever a test before this one spoke."""
    with translation.override("zh-hans"), speaking("zh"):
        yield


@pytest.fixture
def pack() -> Pack:
    """The example: one item to apply for, one only published, one clause in the way."""
    return read(EXAMPLE).pack


@pytest.fixture
def live(db: None) -> Iterator[Pack]:
    """The same, live."""
    queries.forget()
    cache.clear()
    load(EXAMPLE, by=BY)
    yield queries.current()
    queries.forget()
