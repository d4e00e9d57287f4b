"""Every word a page says in English it says in Chinese too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src" / "yiwang"
ROOMS = sorted(one.name for one in SOURCE.iterdir() if (one / "__init__.py").exists())

_STRING = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
TRANSLATE = re.compile(r"\{%-?\s*(?:translate|trans)\s+" + _STRING)
IN_A_TAG = re.compile(r"_\(" + _STRING + r"\)")
BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?\b(?P<options>[^%]*)%\}(?P<text>.*?)"
    r"(?:\{%\s*plural\s*%\}.*?)?\{%\s*endblocktrans(?:late)?\s*%\}",
    re.S,
)
GETTEXT = re.compile(r"\b(?:n?gettext(?:_lazy)?|_)\(\s*((?:" + _STRING + r"\s*)+)", re.S)


def in_template(text: str) -> set[str]:
    """The msgids of a template."""
    found = {a or b for a, b in TRANSLATE.findall(text) + IN_A_TAG.findall(text)}
    for match in BLOCK.finditer(text):
        whole = match["text"]
        if "trimmed" in match["options"]:
            whole = " ".join(line.strip() for line in whole.strip().splitlines())
        found.add(re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", whole))
    return found


def in_python(text: str) -> set[str]:
    """The msgids of a module: literal strings handed to gettext."""
    return {
        "".join(a or b for a, b in re.findall(_STRING, match[1])).replace('\\"', '"')
        for match in GETTEXT.finditer(text)
    }


def said(room: str) -> set[str]:
    """Every msgid a room's pages and modules say."""
    folder = SOURCE / room
    templates = (folder / "templates").rglob("*.html")
    found = {msgid for one in templates for msgid in in_template(one.read_text("utf-8"))}
    for one in folder.rglob("*.py"):
        if not {"tests", "migrations"} & set(one.relative_to(folder).parts):
            text = one.read_text("utf-8")
            found |= in_python(text) if "django.utils.translation" in text else set()
    return found


def known(room: str) -> dict[str, str]:
    """msgid → Chinese, of one room."""
    path = SOURCE / room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale="zh_Hans")
    return {
        one.id[0] if one.pluralizable else one.id: "".join(one.string) for one in catalog if one.id
    }


def test_words_are_found():
    template = '{% translate "A" %}{% blocktranslate with x=y %}B {{ x }}{% endblocktranslate %}'
    module = 'gettext("C " "d"), ngettext("E", "Es", 2), gettext(name)'

    assert in_template(template) == {"A", "B %(x)s"}
    assert in_python(module) == {"C d", "E"}


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_said_in_english_is_said_in_chinese(room):
    chinese = known(room)

    assert sorted(one for one in said(room) if not chinese.get(one)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_translation_is_left_over(room):
    assert sorted(known(room).keys() - said(room)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_keeps_what_is_filled_in(room):
    name = re.compile(r"%\((\w+)\)[sd]")

    for english, chinese in known(room).items():
        assert set(name.findall(english)) == set(name.findall(chinese)), english


def test_one_english_text_has_one_chinese_text_in_the_whole_house():
    """Django merges the rooms' catalogues and takes the first: a second translation is never
    seen. Short words that mean two things get a `context`."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in SOURCE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for one in read_po(file, locale="zh_Hans"):
                if one.id and not one.pluralizable:
                    found.setdefault((one.context, one.id), set()).add(one.string)

    assert {msgid: texts for msgid, texts in found.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_gap_of_a_sentence_stands_in_both_languages(room):
    gaps = re.compile(r"%\(\w+\)[sd]")
    for english, chinese in known(room).items():
        assert set(gaps.findall(english)) == set(gaps.findall(chinese)), english
