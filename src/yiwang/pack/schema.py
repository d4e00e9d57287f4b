"""The JSON Schema of every kind, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from yiwang.pack.declaration import KINDS, Kind
from yiwang.pack.references import annotation, fields, options

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: Kind) -> dict[str, Any]:
    """JSON Schema (2020-12) of a file of `kind`: one declaration, or a list of them."""
    whole = kind.model.model_json_schema(by_alias=True, mode="validation")
    definitions = whole.pop("$defs", {})
    whole["required"] = [name for name in whole.get("required", []) if name != "id"]
    definitions[kind.model.__name__] = whole
    here = {"$ref": f"#/$defs/{kind.model.__name__}"}
    listed = {"allOf": [here], "required": ["id"]}
    return {
        "$schema": DIALECT,
        "title": kind.title.en,
        "description": f"A file in {kind.folder}/: one {kind.title.en}, or a list of them.",
        "anyOf": [here, {"type": "array", "items": listed}],
        "$defs": {name: _loose(one) for name, one in sorted(definitions.items())},
    }


def write(folder: Path) -> list[Path]:
    """Write `<kind>.json` for every kind; the files that were written, changed or not."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"{name}.json", as_text(kind)) for name, kind in KINDS.items()]


def schemas() -> dict[str, dict[str, Any]]:
    """Kind to its schema."""
    return {name: schema_of(kind) for name, kind in KINDS.items()}


def as_text(kind: Kind) -> str:
    """The schema as it lies in its file."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def parts_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models inside `model`, each once, in the order in which they are met."""
    met: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        for declared in (annotation(info) for info in fields(waiting.pop(0)).values()):
            for part in _models(declared):
                if part not in met and part is not model:
                    met[part] = None
                    waiting.append(part)
    return list(met)


def _models(declared: Any) -> list[type[BaseModel]]:
    found = []
    for one in options(declared):
        if isinstance(one, type) and issubclass(one, BaseModel):
            found.append(one)
        else:
            found += [m for part in getattr(one, "__args__", ()) for m in _models(part)]
    return found


def _loose(part: Any) -> Any:
    """Where text is declared a number may stand too: it is read as it is written.

    Titles pydantic makes up from a field's name are dropped.
    """
    if isinstance(part, list):
        return [_loose(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: _loose(one) for key, one in part.items() if key != "title" or _is_a_field(one)}
    plain = made.get("type") == "string" and not {"format", "enum", "const"} & set(made)
    return {**made, "type": ["string", "number", "boolean"]} if plain else made


def _is_a_field(title: Any) -> bool:
    """Whether what stands under `title` is the schema of a field of that name."""
    return isinstance(title, dict)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
