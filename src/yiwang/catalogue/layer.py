"""The folder an import writes: aside first, then in the place of what was there."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yiwang.catalogue.errors import fault
from yiwang.kernel.words import Text

ITEMS = "catalogue/items.jsonl"
AUTHORITIES = "authorities/authorities.jsonl"
MAPPING = "source/mapping.yaml"
NOTE = "source/import.json"
Declared = dict[str, dict[str, Any]]  # id to declaration


def is_imported(folder: Path) -> bool:
    """Whether a folder is a layer that an import wrote."""
    return (folder / NOTE).is_file()


def write(
    aside: Path, items: Declared, authorities: Declared, mapping: bytes, note: dict[str, Any]
) -> None:
    """Write a whole layer into an empty folder, and onto the disk."""
    _put(aside / ITEMS, _lines(items))
    if authorities:
        _put(aside / AUTHORITIES, _lines(authorities))
    _put(aside / MAPPING, mapping)
    _put(aside / NOTE, (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode())


def _lines(declared: Declared) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in declared.values()).encode()


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def alone(into: Path) -> Iterator[Path]:
    """An empty folder beside `into`, for one import at a time; gone afterwards."""
    into = into.resolve()
    aside, old = _beside(into, "importing"), _beside(into, "before")
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir(exist_ok=True)
        held = os.open(aside, os.O_RDONLY)
    except OSError as wrong:
        raise fault(
            str(into),
            0,
            "cannot-write",
            Text(
                zh=f"这个文件夹写不了（{wrong.strerror}）。",
                en=f"It cannot be written ({wrong.strerror}).",
            ),
            Text(
                zh="换一个文件夹，或检查权限。", en="Name another folder, or check its permissions."
            ),
        ) from None
    try:
        _hold(held, into)
        if old.exists() and not into.exists():
            old.rename(into)  # an import was killed between its two renames
        _ours(into)
        _empty(aside)
        yield aside
    finally:
        os.close(held)
        shutil.rmtree(aside, ignore_errors=True)


def _hold(held: int, into: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise fault(
            str(into),
            0,
            "busy",
            Text(zh="另一个导入正在写这个文件夹。", en="Another import is writing this folder."),
            Text(zh="等它结束再导入。", en="Wait until it has finished."),
        ) from None


def _ours(into: Path) -> None:
    """An import writes into a new folder, an empty one, or one that an import wrote."""
    if not into.exists() or is_imported(into):
        return
    if not into.is_dir() or any(into.iterdir()):
        raise fault(
            str(into),
            0,
            "not-a-layer",
            Text(
                zh="这里已有别的文件，不是导入生成的。",
                en="Other files are here that no import wrote.",
            ),
            Text(zh="给一个新的文件夹。", en="Name a new folder."),
        )


def _beside(into: Path, why: str) -> Path:
    return into.with_name(f".{into.name}.{why}")


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()


def swap(aside: Path, into: Path) -> None:
    """The new layer in the place of the old; what people put beside the items is kept."""
    into = into.resolve()
    old = _beside(into, "before")
    if old.exists():
        shutil.rmtree(old)
    if into.exists():
        for one in sorted(into.rglob("*")):
            there = aside / one.relative_to(into)
            if one.is_file() and not there.exists() and one != into / AUTHORITIES:
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(one, there)
        into.rename(old)
    new = _beside(into, "new")
    shutil.copytree(aside, new, dirs_exist_ok=True)
    new.rename(into)
    shutil.rmtree(old, ignore_errors=True)


def items_before(into: Path) -> Declared:
    """The items of the layer that is there; a line that cannot be read is no item."""
    found: Declared = {}
    path = into / ITEMS
    for line in path.read_text("utf-8", "replace").split("\n") if path.exists() else ():
        try:
            one = json.loads(line)
            found[one["id"]] = one
        except (ValueError, KeyError, TypeError):
            continue
    return found
