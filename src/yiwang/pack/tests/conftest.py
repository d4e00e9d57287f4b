"""The town's kinds in place of the city's, and its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Kind
from yiwang.pack.loader import read
from yiwang.pack.tests.town import HALL, TOWN, Office, Town, nobody_calls_twice, put, where


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        KINDS,
        "_entries",
        {
            "town": Kind("town", "town", Town, Text(zh="镇", en="town"), single=True),
            "office": Kind(
                "office", "offices", Office, Text(zh="机构", en="office"), check=nobody_calls_twice
            ),
        },
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack without a fault."""
    put(tmp_path, "town/town.yaml", TOWN)
    put(tmp_path, "offices/hall.yaml", HALL)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> Callable[[str, str | bytes], list[tuple[str, int, str]]]:
    """Put one more file into the sound pack, and hear (file, line, code) of each problem."""

    def put_and_read(name: str, text: str | bytes) -> list[tuple[str, int, str]]:
        put(folder, name, text)
        return where(read(folder))

    return put_and_read
