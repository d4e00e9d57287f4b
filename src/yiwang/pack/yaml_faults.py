"""What YAML's own complaints mean, told to somebody with a text editor."""

from __future__ import annotations

import yaml

from yiwang.kernel.words import Text

_QUOTES = Text(
    zh="文字里有冒号、井号等符号时，用英文双引号把整段括起来。",
    en="Put double quotes around text that holds a colon, a hash or other signs.",
)
_INDENT = Text(
    zh="同一层的行要左对齐，下一层多空两格。",
    en="Lines of the same level start in the same column; the next level is two spaces further.",
)
_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    (
        "that cannot start any token",
        Text(zh="这里有一个不能打头的符号。", en="Something here cannot begin a value."),
        _QUOTES,
    ),
    (
        "mapping values are not allowed",
        Text(zh="这一行多了一个冒号，或者缩进不对。", en="A colon too many, or a wrong indent."),
        _QUOTES,
    ),
    (
        "found unexpected end of stream",
        Text(zh="引号或括号没有写完。", en="A quote or a bracket is not closed."),
        Text(zh="补上收尾的引号或括号。", en="Close it."),
    ),
    (
        "undefined alias",
        Text(
            zh="「*」后面的名称没有定义过。",
            en="The name after “*” was not defined before.",
        ),
        _QUOTES,
    ),
    (
        "expected ':'",
        Text(zh="这里应该是「名称: 值」，少了冒号。", en="A colon is missing after a name."),
        Text(zh="冒号用英文冒号，后面空一格。", en="Write “name: value” with a space after it."),
    ),
    (
        "expected key",
        Text(zh="缩进不齐，或者这里混进了别的内容。", en="The indent does not fit here."),
        _INDENT,
    ),
    (
        "expected '-' indicator",
        Text(zh="列表在这里断了。", en="The list breaks off here."),
        Text(
            zh="列表的每一项以「- 」开头，并左对齐。",
            en="Begin each item with “- ” in the same column.",
        ),
    ),
    (
        "expected ',' or",
        Text(zh="方括号或花括号里少了逗号或收尾。", en="A comma or a closing bracket is missing."),
        Text(zh="用逗号隔开各项，最后收尾。", en="Part the items by commas and close the bracket."),
    ),
    (
        "single document",
        Text(zh="一个文件里有几个用「---」隔开的部分。", en="The file has several “---” parts."),
        Text(
            zh="几条声明写成一个列表，每条以「- 」开头。",
            en="Write several declarations as one list, each beginning with “- ”.",
        ),
    ),
    (
        "not allowed",
        Text(zh="文件里有看不见的控制字符。", en="The file holds an invisible control character."),
        Text(zh="重新输入这一行。", en="Type this line anew."),
    ),
)


def in_words(fault: yaml.YAMLError, text: str) -> tuple[int, Text, Text]:
    """Line, what is wrong and what to write instead."""
    line = _line(fault, text)
    rows = text.split("\n")
    row = rows[min(line, len(rows)) - 1]
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return line, *_TAB
    said = str(fault)
    for piece, what, remedy in _KNOWN:
        if piece in said:
            return line, what, remedy
    complaint = str(getattr(fault, "problem", None) or said).split("\n")[0]
    return (
        line,
        Text(zh=f"YAML 写法有误：{complaint}。", en=f"This is not YAML: {complaint}."),
        _INDENT,
    )


_TAB = (
    Text(zh="行首用了制表符（Tab）。", en="The line begins with a tab."),
    Text(zh="缩进只用空格。", en="Indent with spaces only."),
)


def _line(fault: yaml.YAMLError, text: str) -> int:
    mark = getattr(fault, "problem_mark", None)
    if mark is not None:
        return min(int(mark.line), text.count("\n")) + 1
    at = getattr(fault, "position", None)
    return text.count("\n", 0, at) + 1 if isinstance(at, int) else 1
