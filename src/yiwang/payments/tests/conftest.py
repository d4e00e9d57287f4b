from __future__ import annotations

from collections.abc import Iterator

import pytest

from yiwang.cases.procedures import PROCEDURES
from yiwang.cases.tests.office import found_office
from yiwang.pack import queries
from yiwang.payments.tests.toll import TollProcedure


@pytest.fixture
def toll(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TollProcedure]:
    """A small city whose one kind of case costs something."""
    queries.forget()
    found_office()
    procedure = TollProcedure()
    monkeypatch.setitem(PROCEDURES._entries, "service", procedure)
    yield procedure
    queries.forget()
