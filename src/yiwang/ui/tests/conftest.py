"""The room alone: no city from a pack, no pages of rooms above."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from yiwang.kernel.words import speak, speaking
from yiwang.ui import city, places


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city, "_teller", [])
    monkeypatch.setattr(places, "_places", {})
    monkeypatch.setattr(places, "_who", [])


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"), speaking("zh"):
        yield
    speak("zh")


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"), speaking("en"):
        yield
