from __future__ import annotations

from collections.abc import Iterator

import pytest

from yiwang.pack import queries
from yiwang.pack.pack import Pack
from yiwang.services.tests.family import load_city


@pytest.fixture
def city(db: None) -> Iterator[Pack]:
    """The real pack of 江城, live."""
    queries.forget()
    yield load_city()
    queries.forget()
