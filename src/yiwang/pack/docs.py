"""The reference of every kind: each field, what it means, what it may be, with an example."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Kind, Refers
from yiwang.pack.references import fields
from yiwang.pack.schema import parts_of

_TYPES = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "Decimal": "number",
    "bool": "true or false",
    "date": "date (2026-01-31)",
    "Any": "any value",
}
_BOUNDS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below",
           "min_length": "at least", "max_length": "at most"}  # fmt: skip


def page(kind: Kind, example: Path) -> str:
    """The page of one kind, in Markdown, with a file of the example pack where it has one."""
    lines = [
        f"# {kind.title.en} ({kind.title.zh})",
        "",
        f"Files: `{kind.folder}/*.yaml`, "
        + ("exactly one declaration." if kind.single else "one declaration a file, or a list."),
        f"Schema for editors: [`../schemas/{kind.name}.json`](../schemas/{kind.name}.json).",
        "",
        *_model(kind.model),
    ]
    for part in parts_of(kind.model):
        if part is not Text:
            lines += [f"## {part.__name__}", "", *_model(part)]
    for name, text in _examples(kind, example).items():
        lines += [f"## Example: {name}", "", "```yaml", text.strip(), "```", ""]
    return "\n".join(lines)


def index() -> str:
    """The page that lists the kinds."""
    rows = [
        f"| [{kind.title.en}]({name}.md) | {kind.title.zh} | `{kind.folder}/` | {_first(kind)} |"
        for name, kind in sorted(KINDS.items())
    ]
    return "\n".join(
        [
            "# What a city declares",
            "",
            "A pack is a folder of YAML files in UTF-8. Every kind of declaration has its own",
            "folder; a file holds one declaration, or a list of them. Text that people read is",
            "written in both languages: `{zh: 出生, en: Birth}`. `yiwang pack check DIR` tells",
            "everything that is wrong, with file and line. These pages are written from the",
            "program by `yiwang pack schema --write`; [`example/`](example) is a whole small pack.",
            "What a program writes by the thousand may be JSON Lines (`*.jsonl`, one declaration",
            "a line). A pack may lie over layers: see",
            "[import a catalogue](../../how-to/import-a-catalogue.md).",
            "",
            "| kind | 中文 | folder | |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def pages(example: Path) -> dict[str, str]:
    """File name to page; `example` is the folder of a small pack to quote from."""
    made = {f"{name}.md": page(kind, example) for name, kind in KINDS.items()}
    return {"README.md": index(), **made}


def write(folder: Path) -> list[Path]:
    """Write every page into `folder`, whose `example/` is quoted; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(folder / "example").items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages(folder / "example")]


def _examples(kind: Kind, example: Path) -> dict[str, str]:
    files = sorted((example / kind.folder).glob("*.yaml"))[:1]
    quoted = {f"`{kind.folder}/{one.name}`": one.read_text(encoding="utf-8") for one in files}
    return {**quoted, **kind.examples}


def _first(kind: Kind) -> str:
    return " ".join((kind.model.__doc__ or "").split("\n\n")[0].split())


def _model(model: type[BaseModel]) -> Iterator[str]:
    yield (model.__doc__ or "").replace("\n    ", "\n").strip()
    yield ""
    yield "| field | may be | | means |"
    yield "|---|---|---|---|"
    for name, info in fields(model).items():
        means = " ".join((info.description or "").split())
        yield f"| `{name}` | {_cell(_field(info))} | {_need(info)} | {means} |"
    yield ""


def _field(info: FieldInfo) -> str:
    return (
        _marked(info.annotation, tuple(info.metadata)) if info.metadata else typed(info.annotation)
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _need(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    default = info.get_default(call_default_factory=True, validated_data={})
    if default in (None, "", (), {}, PydanticUndefined) or isinstance(default, BaseModel):
        return ""
    return f"else `{_written(default)}`"


def _written(value: object) -> str:
    """A default as it would be written in YAML."""
    if isinstance(value, tuple):
        return f"[{', '.join(str(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool) else str(value)


def typed(declared: Any) -> str:
    """A declared type in words."""
    origin, parts = get_origin(declared), get_args(declared)
    if origin is Annotated:
        return _marked(parts[0], parts[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(typed(one) for one in parts if one is not type(None))
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in parts)
    if origin is tuple:
        return f"list of {typed(parts[0])}"
    if origin is dict:
        return f"table: {typed(parts[0])} → {typed(parts[1])}"
    return _plain(declared)


def _plain(declared: Any) -> str:
    if declared is Text:
        return "text in both languages"
    name = getattr(declared, "__name__", str(declared))
    if isinstance(declared, type) and issubclass(declared, BaseModel):
        return f"[{name}](#{name.lower()})"
    return _TYPES.get(name, name)


def _marked(inner: Any, marks: tuple[Any, ...]) -> str:
    for mark in marks:
        if isinstance(mark, Refers):
            return f"id ([{mark.kind}]({mark.kind}.md))"
    bounds = [
        f"{word} {getattr(mark, bound)}"
        for mark in _opened(marks)
        for bound, word in _BOUNDS.items()
        if getattr(mark, bound, None) is not None
    ]
    patterns = [f"`{mark.pattern}`" for mark in _opened(marks) if getattr(mark, "pattern", None)]
    return " ".join([typed(inner), *([", ".join(bounds)] if bounds else []), *patterns])


def _opened(marks: tuple[Any, ...]) -> Iterator[Any]:
    for mark in marks:
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)
