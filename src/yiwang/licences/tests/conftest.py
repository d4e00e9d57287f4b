from __future__ import annotations

import pytest

from yiwang.pack import queries
from yiwang.registers.tests import town


@pytest.fixture
def pack(db, tmp_path):
    yield town.load(tmp_path)
    queries.forget()
