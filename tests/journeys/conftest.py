"""One city and one browser for all stories; a visitor for each, who must have nothing to say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.town import Town
from tests.journeys.town import town as running_town
from tests.journeys.visitor import AXE, Visitor

BUILT = Path(__file__).parents[2] / "src/yiwang/ui/static/built/yiwang.css"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

Arrival = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if not AXE.exists() or not BUILT.exists():
        pytest.skip("the pages are not built: npm ci && npm run build")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The city, running as it would for people."""
    with running_town(tmp_path_factory.mktemp("town")) as here:
        yield here


@pytest.fixture
def visitor(browser: Browser, town: Town) -> Iterator[Arrival]:
    """Somebody new at a browser of their own: `visitor(words=EN, size=DESKTOP)`.

    At the end nobody may have met a barrier, a script's error, a page of ours that failed, an
    address outside the house.
    """
    came: list[Visitor] = []

    def arrive(**how: Any) -> Visitor:
        came.append(Visitor(browser, town, **how))
        return came[-1]

    yield arrive
    complaints = [words for one in came for words in one.leave()]
    assert complaints == []
