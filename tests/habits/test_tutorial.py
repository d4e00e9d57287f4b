"""The tutorial is true: what it says to write is written, and what it shows is what is printed."""

import pytest

from tests.habits.tutorial import PAGES, done


@pytest.mark.parametrize("lang", PAGES)
def test_the_tutorial_shows_what_really_happens(lang, tmp_path):
    page = PAGES[lang].read_text(encoding="utf-8")

    assert done(page, lang, tmp_path / "city") == page, (
        "run `.venv/bin/python -m tests.habits.tutorial`, then read the page once more"
    )
