"""Every word of this room's pages stands in Chinese; no page carries script or style of its own."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from yiwang import services

ROOM = Path(services.__file__).parent
TEMPLATES = sorted(ROOM.rglob("templates/**/*.html"))
KEYWORDS = ["gettext", "gettext_lazy", "ngettext", "pgettext", "_"]


def said() -> set[str]:
    words = set()
    for path in [*TEMPLATES, *(p for p in ROOM.rglob("*.py") if "tests" not in p.parts)]:
        text = path.read_text()
        code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        found = extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"})
        for _line, function, message, _comments in found:
            parts = message if isinstance(message, tuple) else (message,)
            words.add(parts[1] if function == "pgettext" else parts[0])
    return words


def chinese() -> dict[str, str]:
    with (ROOM / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    texts = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts[key] = message.string if isinstance(message.string, str) else message.string[0]
    return texts


def test_every_word_has_its_chinese():
    assert said() - set(chinese()) == set()
    assert all(chinese().values())


def test_every_gap_of_a_sentence_stands_in_both_languages():
    gaps = re.compile(r"%\(\w+\)[sd]")
    for english, zh in chinese().items():
        assert sorted(gaps.findall(english)) == sorted(gaps.findall(zh)), english


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_script_or_style(path):
    text = path.read_text()

    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle\s*=|<style", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
