"""JSON Lines as declarations, one a line: for what a program writes by the thousand."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.source import Entry, problem

MAX_BYTES = 64_000_000
MAX_LINE = 200_000  # characters: one declaration


def entries_of_lines(text: str, file: str) -> tuple[list[Entry], list[Problem]]:
    """The declarations of a file's text, each with its line, and what is wrong with its lines."""
    found, problems = [], []
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        value = _value(written, file, line)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            found.append(Entry(value, {(): line}))
    if not found and not problems:
        problems.append(_empty(file))
    return found, problems


def _value(written: str, file: str, line: int) -> Any:
    if len(written) > MAX_LINE:
        return _too_long(file, line)
    try:
        return json.loads(written, object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice as twice:
        return _written_twice(file, line, str(twice))
    except json.JSONDecodeError as fault:
        return _not_json(file, line, fault.colno)
    except (ValueError, RecursionError):
        return _not_json(file, line, 1)


class _Twice(Exception):
    """A name stands twice in one table."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return table


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _empty(file: str) -> Problem:
    return problem(
        file,
        1,
        "empty",
        Text(zh="文件里没有内容。", en="The file holds nothing."),
        Text(zh="写上声明，或者删掉这个文件。", en="Write a declaration, or delete the file."),
    )


def _not_json(file: str, line: int, column: int) -> Problem:
    return problem(
        file,
        line,
        "json",
        Text(
            zh=f"这一行不是完整的 JSON（第 {column} 个字符处断了）。",
            en=f"This line is not whole JSON (it breaks at character {column}).",
        ),
        Text(
            zh="一行写一条完整的声明；文件如果是导入生成的，重新导入一次。",
            en="Write one whole declaration a line; if an import wrote the file, import again.",
        ),
    )


def _written_twice(file: str, line: int, key: str) -> Problem:
    return problem(
        file,
        line,
        "duplicate-key",
        Text(zh=f"这一行里「{key}」写了两次。", en=f"“{key}” is written twice in this line."),
        Text(zh="留下一处，删掉另一处。", en="Keep one of the two."),
    )


def _too_long(file: str, line: int) -> Problem:
    return problem(
        file,
        line,
        "too-much",
        Text(
            zh=f"这一行超过 {MAX_LINE} 个字符。",
            en=f"This line is longer than {MAX_LINE} characters.",
        ),
        Text(zh="一行只写一条声明。", en="Write one declaration a line."),
    )
