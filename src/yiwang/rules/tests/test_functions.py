"""The white list is the same everywhere, and documented."""

from pathlib import Path

import pytest

from yiwang.rules import FUNCTIONS, closures, engines, frames
from yiwang.rules.calls import usage

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "rules.md"


@pytest.mark.parametrize("engine", [closures, engines, frames])
def test_every_engine_renders_every_function(engine):
    assert engine.RENDERED - {"negate"} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_documented(name):
    row = f"| `{usage(name)}` | {FUNCTIONS[name].gives} | {FUNCTIONS[name].meaning} |"

    assert row in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_words_of_a_function_place_every_argument(name):
    function = FUNCTIONS[name]

    for words in (function.words.zh, function.words.en):
        assert all(f"{{{place}}}" in words for place in range(len(function.takes)))
