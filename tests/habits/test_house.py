"""The house guards itself: rooms, actions, words, pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "yiwang"
ROOMS = sorted(p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists())
CODE = [p for p in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
TEMPLATES = list(SOURCE.rglob("templates/**/*.html"))

# Writes that are no act: a draft's answers (sending digests them), what a person reads of their
# own inbox, one-time codes, and what only notes how far a machine got.
NO_ACT = {
    "cases": {"put_members", "put_facts", "set_facts_aside", "give_paper", "take_back_paper",
              "forget"},  # part of `ledger.erasure.erase`, which records
    "notices": {"tell", "tell_many", "deliver_later", "mark_read", "mark_all_read", "send_code",
                "check_code", "standing_codes", "try_code", "forget_codes", "sweep", "forget"},
    "files": {"sweep"},
    "registers": {"count_rows", "clear_rows", "erase_readings", "set_readings_aside"},
    "ledger": {"record", "record_all"},
    "lake": {"follow", "compact", "sweep"},  # copies of acts
    "evaluation": {"measure"},  # counts
    # what only judges, and a code
    "services": {"read", "needs_signature", "spec_of", "specs_of", "ask_code"},
}  # fmt: skip


# Files beside the verbs: how a row is locked and digested, what is about to be opened.
NO_VERB = {"row.py"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(SOURCE)}:{line}"


def actions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in CODE:
        written = path.name == "actions.py" or path.parent.name == "actions"
        if written and path.name not in NO_VERB:
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield path, node


def calls(node: ast.AST) -> set[str]:
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            name = one.func
            found.add(name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", ""))
    return found


def reached(path: Path, node: ast.FunctionDef) -> set[str]:
    """Names called by a function, and by the functions of its own file that it calls."""
    local = {n.name: n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)}
    seen: set[str] = set()
    todo: list[ast.AST] = [node]
    while todo:
        for name in calls(todo.pop()) - seen:
            seen.add(name)
            if name in local:
                todo.append(local[name])
    return seen


def test_every_action_is_told_in_a_sentence():
    silent = [where(p, n.lineno) for p, n in actions() if not ast.get_docstring(n)]

    assert silent == []


def test_every_action_leaves_an_act():
    """Directly, or through the other action it calls; what leaves none is named above."""
    names = {n.name for _, n in actions()} - set().union(*NO_ACT.values())
    writing = {"record", "record_all", "_record", "_recorded", "recorded"} | names
    without = [
        where(path, node.lineno) + f" {node.name}"
        for path, node in actions()
        if node.name not in NO_ACT.get(room_of(path), ()) and not reached(path, node) & writing
    ]

    assert without == []


def test_no_room_touches_the_rows_of_another():
    """A row of another room may be held and named as a type; it is read by that room's `queries`
    and written by its `actions`."""
    touched = []
    for path in CODE:
        tree = ast.parse(path.read_text())
        foreign = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("yiwang.")
            and (node.module or "").endswith(".models")
            and (node.module or "").split(".")[1] != room_of(path)
            for name in node.names
        }
        touched += [
            f"{where(path, node.lineno)} {node.value.id}.objects"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr == "objects"
            and isinstance(node.value, ast.Name)
            and node.value.id in foreign
        ]

    assert touched == []


def test_python_names_no_city():
    named = [
        where(path, n)
        for path in CODE
        for n, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"jiangcheng|江城|linjiang|临江", line) and path.name != "environment.py"
    ]

    assert named == []


def test_no_file_is_called_by_what_has_no_noun():
    vague = {"utils", "helpers", "common", "misc", "manager", "managers", "base"}

    found = {str(p.relative_to(SOURCE)) for p in CODE if p.stem in vague or p.parent.name in vague}
    # the one name Django itself looks for in a database backend
    assert found - {"web/postgresql/base.py"} == set()


def test_no_file_grows_past_five_hundred_lines():
    long = [f"{where(p, len(p.read_text().splitlines()))}" for p in CODE]

    assert [one for one in long if int(one.rsplit(":", 1)[1]) > 500] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline style", r"\sstyle\s*="),
        ("inline handler", r"\son[a-z]+\s*="),
        ("inline script", r"<script(?![^>]*\ssrc=)"),
        ("something from outside", r"(?:src|href)\s*=\s*[\"']https?://"),
    ],
)
def test_pages_carry_nothing_the_policy_forbids(what, pattern):
    found = [
        where(path, n)
        for path in TEMPLATES
        for n, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert found == []


def test_each_room_says_what_it_holds():
    silent = [
        room for room in ROOMS if not ast.get_docstring(ast.parse(
            (SOURCE / room / "__init__.py").read_text()
        ))
    ]  # fmt: skip

    assert silent == []
