"""What the pages for people promise stands: links lead somewhere, commands and targets exist."""

import argparse
import re

import pytest

from yiwang.web import cli
from yiwang.web.environment import CHECKOUT

PAGES = sorted([*CHECKOUT.glob("README*.md"), *CHECKOUT.glob("docs/**/*.md")])
NAMES = [str(page.relative_to(CHECKOUT)) for page in PAGES]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# in `code`, or at the beginning of a line of a block
COMMAND = re.compile(r"(?:^|`|\$ )(?:\.venv/bin/)?yiwang ((?:[a-z]+ ?)+)", re.MULTILINE)
TARGET = re.compile(r"(?:^|`|\w=\S+ )make ([a-z]+)", re.MULTILINE)


def anchors(text):
    plain = (re.sub(r"[^\w\s-]", "", title.lower()) for title in HEADING.findall(text))
    return {title.strip().replace(" ", "-") for title in plain}


def broken(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{link}: there is no such file"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{link}: there is no such heading"


def verbs(parser):
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    return {}


def is_command(words):
    """Whether the first words are commands, as deep as the parser has verbs."""
    known = verbs(cli.parser([]))
    for word in words:
        if not known:
            return True
        if word not in known:
            return False
        known = verbs(known[word])
    return not known


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page):
    assert list(broken(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_exist(page):
    named = {words.strip() for words in COMMAND.findall(page.read_text(encoding="utf-8"))}

    assert [words for words in named if not is_command(words.split())] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_make_targets_exist(page):
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert set(TARGET.findall(page.read_text(encoding="utf-8"))) <= targets


def test_every_page_is_reached_from_the_index():
    seen, todo = set(), [CHECKOUT / "docs" / "index.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        links = LINK.findall(page.read_text(encoding="utf-8"))
        paths = (link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link))
        todo += [(page.parent / path).resolve() for path in paths if path]

    left = [page for page in PAGES if page not in seen]

    assert left == []


def test_every_test_that_threats_name_exists():
    text = (CHECKOUT / "docs" / "threats.md").read_text(encoding="utf-8")
    named, path = [], ""
    for file, test in re.findall(r"`([\w/.-]*\.py)?::(test_\w+)`", text):
        path = file or path
        named.append((path, test))

    gone = [
        f"{path}::{test}"
        for path, test in named
        if not (CHECKOUT / path).is_file()
        or not re.search(rf"^def {test}\(", (CHECKOUT / path).read_text(), re.MULTILINE)
    ]

    assert len(named) > 40
    assert gone == []


def test_what_is_no_command_is_found():
    assert is_command(["pack", "check", "packs"])
    assert not is_command(["pack"])
    assert not is_command(["pack", "chekc"])
    assert not is_command(["fly"])
