"""YAML files as plain values that remember their lines.

Every scalar stays the text that was written (`no` is "no", `0990` is "0990"): the declared type
decides what it means. Only an empty value, `~` and `null` are nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.yaml_faults import in_words

Place = tuple[str | int, ...]
MAX_BYTES = 2_000_000
MAX_VALUES = 100_000
MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
}


@dataclass(frozen=True)
class Entry:
    """One declaration as written: its value, and the line of every key and item in it."""

    value: object
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def problem(file: str, line: int, code: str, what: Text, remedy: Text) -> Problem:
    """An error of a file as a whole, before anything in it has a kind and an id."""
    return Problem("", "", (), what, remedy, code=code, file=file, line=line)


def entries(path: Path, file: str) -> tuple[list[Entry], list[Problem]]:
    """The declarations of one file (a mapping is one, a list several), and what is wrong with it.

    `file` is the name to be shown. Nothing is raised for whatever the file holds.
    """
    text = text_of(path, file)
    if isinstance(text, Problem):
        return [], [text]
    try:
        if line := _too_deep(text):
            return [], [_too_much(file, line)]
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as fault:
        line, what, remedy = in_words(fault, text)
        return [], [problem(file, line, "yaml", what, remedy)]
    except RecursionError:
        return [], [_too_much(file, 1)]
    if root is None:
        return [], [_empty(file)]
    return _declarations(root, file)


def _too_deep(text: str) -> int:
    """The line where nesting goes past what is read, 0 where it does not. Told before composing:
    the composer calls itself for every level, and a deep file ends the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH + 2:  # the list of declarations, a leaf
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


def _declarations(root: yaml.Node, file: str) -> tuple[list[Entry], list[Problem]]:
    unfolding = _Unfolding(file)
    found = []
    for node in root.value if isinstance(root, yaml.SequenceNode) else [root]:
        unfolding.lines = {(): node.start_mark.line + 1}
        try:
            found.append(Entry(unfolding.value(node, ()), unfolding.lines))
        except _TooMuch as stop:
            unfolding.problems.append(_too_much(file, stop.line))
            break
    if not found and not unfolding.problems:
        unfolding.problems.append(_empty(file))
    return found, unfolding.problems


class _TooMuch(Exception):
    """References unfold into too many values, or into themselves."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Unfolding:
    """Turns nodes into values within a budget, noting lines and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.left = MAX_VALUES
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, place: Place) -> object:
        self.left -= 1
        if self.left < 0 or len(place) > MAX_DEPTH:
            raise _TooMuch(node.start_mark.line + 1)
        if node.tag not in _PLAIN_TAGS:
            self._odd_tag(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(one, (*place, n)) for n, one in enumerate(node.value)]
        quoted = getattr(node, "style", None)
        return None if node.tag.endswith(":null") and not quoted else str(node.value)

    def _item(self, node: yaml.Node, place: Place) -> object:
        self.lines[place] = node.start_mark.line + 1
        return self.value(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        made: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._odd_key(line)
                continue
            key = str(key_node.value)
            if key in made:
                self._twice(key, line, self.lines[(*place, key)])
                continue
            self.lines[(*place, key)] = line
            made[key] = self.value(value_node, (*place, key))
        return made

    def _add(self, line: int, code: str, what: Text, remedy: Text) -> None:
        self.problems.append(problem(self.file, line, code, what, remedy))

    def _odd_tag(self, node: yaml.Node) -> None:
        self._add(
            node.start_mark.line + 1,
            "tag",
            Text(zh=f"这里用了标记「{node.tag}」。", en=f"The tag “{node.tag}” is used here."),
            Text(zh="声明里不用「!」标记，删掉它。", en="Declarations use no “!” tags; remove it."),
        )

    def _odd_key(self, line: int) -> None:
        self._add(
            line,
            "key",
            Text(zh="字段名不是文字。", en="A field's name is not a word."),
            Text(
                zh="写成「名称: 值」；值里有 [ ] { } 时用引号括起来。",
                en="Write “name: value”; put quotes around text with [ ] or { }.",
            ),
        )

    def _twice(self, key: str, line: int, first: int) -> None:
        self._add(
            line,
            "duplicate-key",
            Text(
                zh=f"「{key}」写了两次，第一次在第 {first} 行。",
                en=f"“{key}” is written twice; the first is in line {first}.",
            ),
            Text(zh="留下一处，删掉另一处。", en="Keep one of the two."),
        )


def text_of(path: Path, file: str, most: int = MAX_BYTES) -> str | Problem:
    """The file's text, or why it cannot be had."""
    try:
        if path.stat().st_size > most:
            return _too_large(file, most)
        data = path.read_bytes()
    except OSError as fault:
        return problem(
            file,
            0,
            "unreadable",
            Text(
                zh=f"文件读不了（{fault.strerror}）。",
                en=f"The file cannot be read ({fault.strerror}).",
            ),
            Text(
                zh="检查文件是否存在、当前用户是否可读。",
                en="Check that it exists and that you may read it.",
            ),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _not_utf8(file, data, fault.start)


def _not_utf8(file: str, data: bytes, start: int) -> Problem:
    guess = encoding_of(data)
    in_zh = f"，看起来是 {guess} 编码" if guess else ""
    in_en = f"; it looks like {guess}" if guess else ""
    return problem(
        file,
        data.count(b"\n", 0, start) + 1,
        "encoding",
        Text(zh=f"文件不是 UTF-8 编码{in_zh}。", en=f"The file is not UTF-8{in_en}."),
        Text(
            zh="在编辑器里选「另存为」，编码选 UTF-8。",
            en="Save it again in your editor with the encoding UTF-8.",
        ),
    )


def encoding_of(data: bytes) -> str:
    """The encoding bytes that are not UTF-8 seem to have, empty where none fits."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"


def _too_large(file: str, most: int) -> Problem:
    limit = most // 1_000_000
    return problem(
        file,
        0,
        "too-large",
        Text(zh=f"文件超过 {limit} MB。", en=f"The file is larger than {limit} MB."),
        Text(zh="拆成几个文件，放在同一个文件夹里。", en="Split it into files of the same folder."),
    )


def _too_much(file: str, line: int) -> Problem:
    return problem(
        file,
        line,
        "too-much",
        Text(
            zh=f"内容展开后超过 {MAX_VALUES} 个值或 {MAX_DEPTH} 层。",
            en=f"The content unfolds into more than {MAX_VALUES} values or {MAX_DEPTH} levels.",
        ),
        Text(
            zh="不要用「&」「*」反复引用，直接写出内容；内容多就拆成几个文件。",
            en="Write things out instead of “&” and “*” references; split what is long.",
        ),
    )


def _empty(file: str) -> Problem:
    return problem(
        file,
        1,
        "empty",
        Text(zh="文件里没有内容。", en="The file holds nothing."),
        Text(zh="写上声明，或者删掉这个文件。", en="Write a declaration, or delete the file."),
    )
