"""The rows of an export, whatever its format and encoding; what is broken is told with its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yiwang.catalogue.errors import fault
from yiwang.catalogue.mapped import at
from yiwang.catalogue.mapping import Mapping
from yiwang.kernel.words import Text
from yiwang.pack.shape_faults import shown
from yiwang.pack.source import encoding_of

MAX_BYTES = 500_000_000
Numbered = tuple[int, dict[str, Any]]  # the line, the row


def rows(data: bytes, mapping: Mapping, *, file: str, encoding: str = "") -> list[Numbered]:
    """Every row with its line; ImportFaulty where the file is broken anywhere."""
    text = _decoded(data, encoding or mapping.encoding, file)
    found = list(_READERS[mapping.format](text, mapping, file))
    if not found:
        raise fault(
            file,
            1,
            "empty",
            Text(zh="文件里没有事项。", en="The file holds no items."),
            Text(zh="检查是不是导出了空表。", en="See whether an empty list was exported."),
        )
    return found


def contents(path: Path) -> bytes:
    """The bytes of an export; ImportFaulty where they cannot be had."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fault(
                str(path),
                0,
                "too-large",
                Text(zh="文件超过 500 MB。", en="The file is larger than 500 MB."),
                Text(zh="按部门分成几个文件导入。", en="Import it in parts, by department."),
            )
        return path.read_bytes()
    except OSError as wrong:
        raise fault(
            str(path),
            0,
            "unreadable",
            Text(
                zh=f"文件读不了（{wrong.strerror}）。", en=f"It cannot be read ({wrong.strerror})."
            ),
            Text(zh="检查路径和权限。", en="Check the path and its permissions."),
        ) from None


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError:
        raise fault(
            file,
            0,
            "encoding",
            Text(zh=f"没有「{encoding}」这种编码。", en=f"There is no encoding “{encoding}”."),
            Text(zh="常用的是 utf-8、gb18030、utf-16。", en="Use utf-8, gb18030 or utf-16."),
        ) from None
    except UnicodeDecodeError as wrong:
        guess = {"GBK": "gb18030", "UTF-16": "utf-16"}.get(encoding_of(data), "")
        told_zh = f"看起来是 {guess} 编码。" if guess else "看不出是什么编码。"
        told_en = f"It looks like {guess}." if guess else "Its encoding cannot be told."
        raise fault(
            file,
            data.count(b"\n", 0, wrong.start) + 1,
            "encoding",
            Text(zh=f"文件不是 {encoding} 编码。{told_zh}", en=f"It is not {encoding}. {told_en}"),
            Text(
                zh=f"加上 --encoding {guess or '编码名'}，或在映射里写 encoding。",
                en=f"Add --encoding {guess or 'NAME'}, or write encoding in the mapping.",
            ),
        ) from None


def _json_lines(text: str, _: Mapping, file: str) -> Iterator[Numbered]:
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=0)
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            raise _broken(file, n, getattr(wrong, "colno", 1), n == last) from None
        yield n, _row(row, file, n)


def _json(text: str, mapping: Mapping, file: str) -> Iterator[Numbered]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as wrong:
        at_the_end = not text[wrong.pos :].strip() or wrong.msg.startswith("Unterminated")
        raise _broken(file, wrong.lineno, wrong.colno, at_the_end) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; nested without end
        raise _broken(file, 1, 1, False) from None
    listed = at(whole, mapping.records) if mapping.records and isinstance(whole, dict) else whole
    if not isinstance(listed, list):
        raise fault(
            file,
            1,
            "no-list",
            Text(zh="文件里没有事项的列表。", en="The file holds no list of items."),
            Text(
                zh="在映射的 records 里写明列表在哪里，如 data.rows；"
                "一行一条的文件 format 用 json-lines。",
                en="Say under records of the mapping where it is, such as data.rows; for one "
                "object a line let format be json-lines.",
            ),
        )
    for n, row in enumerate(listed, 1):
        yield n, _row(row, file, n)


def _csv(text: str, _: Mapping, file: str) -> Iterator[Numbered]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise fault(
                    file,
                    reader.line_num,
                    "columns",
                    Text(
                        zh="这一行的列数和第一行不一样。",
                        en="This line has other columns than the first.",
                    ),
                    Text(
                        zh="重新导出，或用引号括住带逗号的内容。",
                        en="Export it again, or put quotes around what holds commas.",
                    ),
                )
            yield reader.line_num, row
    except csv.Error:
        raise _broken(file, reader.line_num, 1, True) from None


_READERS = {"json-lines": _json_lines, "json": _json, "csv": _csv}


def _row(row: Any, file: str, line: int) -> dict[str, Any]:
    if isinstance(row, dict):
        return row
    raise fault(
        file,
        line,
        "not-an-item",
        Text(
            zh=f"这里应该是一条事项，写的是「{shown(row)}」。",
            en=f"An item should stand here; “{shown(row)}” does.",
        ),
        Text(
            zh="检查文件的格式和映射的 format 是否一致。",
            en="See that format in the mapping is the file's.",
        ),
    )


def _broken(file: str, line: int, column: int, at_the_end: bool) -> Exception:
    if at_the_end:
        return fault(
            file,
            line,
            "truncated",
            Text(zh=f"文件在第 {line} 行中间断了。", en=f"The file breaks off in line {line}."),
            Text(
                zh="下载或导出没有完成：重新导出一次再导入。",
                en="The export or download did not finish: get it again, then import.",
            ),
        )
    return fault(
        file,
        line,
        "json",
        Text(
            zh=f"第 {line} 行第 {column} 个字符处不是 JSON。",
            en=f"Line {line} is not JSON at character {column}.",
        ),
        Text(
            zh="在原系统里改正这一行，或重新导出。",
            en="Mend that line where it comes from, or export again.",
        ),
    )
