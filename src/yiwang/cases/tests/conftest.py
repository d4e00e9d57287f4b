from __future__ import annotations

from collections.abc import Iterator

import pytest

from yiwang.cases.procedures import PROCEDURES
from yiwang.cases.tests.office import SampleProcedure, found_office
from yiwang.pack import queries


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[SampleProcedure]:
    """A small city whose one kind of case is a sample."""
    queries.forget()
    procedure = found_office()
    monkeypatch.setitem(PROCEDURES._entries, "service", procedure)
    yield procedure
    queries.forget()
