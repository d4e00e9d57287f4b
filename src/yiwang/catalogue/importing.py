"""An export becomes a layer: read, compared with the layer that is there, written aside, swapped.

A failed import leaves the folder as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yiwang.catalogue import foreign, layer
from yiwang.catalogue.errors import ImportFaulty, fault
from yiwang.catalogue.layer import Declared
from yiwang.catalogue.mapped import at, authority_of, item_of
from yiwang.catalogue.mapping import Read, read_mapping, shipped
from yiwang.catalogue.oddities import Oddity, oddities
from yiwang.kernel.words import Text
from yiwang.pack.diff import differences
from yiwang.pack.loader import read as read_pack
from yiwang.pack.shape_faults import did_you_mean

Say = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """What an import did: ids by what became of them, and what is odd."""

    read: int
    repeated: tuple[tuple[int, int], ...]
    """Lines that say the same as an earlier one, and that line."""
    added: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    """The elements that changed, by item."""
    gone: tuple[str, ...]
    same: int
    authorities: int
    mapping: str
    oddities: tuple[Oddity, ...]


def import_file(
    path: Path,
    into: Path,
    *,
    mapping: Path | None = None,
    encoding: str = "",
    accept_gone: bool = False,
    say: Say = lambda done, all: None,
) -> Imported:
    """Read an export into a layer. `say` hears of progress; ImportFaulty tells what is wrong."""
    data = foreign.contents(path)
    rules, rows = _readable(data, path, mapping, encoding)
    _named(rules, rows, path)
    items, authorities, repeated = _declared(rows, rules, say)
    if all(not at(row, taken) for _, row in rows for taken in _titles(rules)):
        raise _maps_nothing(rules)
    with layer.alone(into) as aside:
        before = layer.items_before(into)
        done = _compared(before, items, len(rows), repeated, authorities, rules)
        if not accept_gone:
            _cut_off(done, len(before), path)
        layer.write(
            aside, items, authorities, rules.text, _note(path, data, rules, len(rows), repeated)
        )
        loaded = read_pack(aside, whole=False)
        if loaded.pack is None:
            raise ImportFaulty(loaded.errors)
        odd = tuple(oddities(loaded.pack, rules.mapping))
        layer.swap(aside, into)
    return Imported(**{**done.__dict__, "oddities": odd})


def _readable(
    data: bytes, path: Path, mapping: Path | None, encoding: str
) -> tuple[Read, list[foreign.Numbered]]:
    """The mapping and the rows; without a mapping, of those that come with the program the first
    whose fields are all there."""
    if mapping is not None:
        rules = read_mapping(mapping)
        return rules, foreign.rows(data, rules.mapping, file=str(path), encoding=encoding)
    first: ImportFaulty | None = None
    for known in shipped():
        rules = read_mapping(known)
        try:
            rows = foreign.rows(data, rules.mapping, file=str(path), encoding=encoding)
        except ImportFaulty as wrong:
            first = first or wrong
            continue
        if not list(_absent(rules, rows)):
            return rules, rows
    if first is not None:
        raise first
    raise _no_mapping_fits(path, rows)


def _absent(rules: Read, rows: list[foreign.Numbered]) -> Iterator[tuple[str, int]]:
    """The foreign fields a mapping names that no row has."""
    there = {name for _, row in rows for name in row}
    for name, line in rules.foreign():
        if name not in there and name.split(".")[0] not in there:
            yield name, line


def _named(rules: Read, rows: list[foreign.Numbered], path: Path) -> None:
    there = sorted({name for _, row in rows for name in row})
    if absent := list(dict.fromkeys(_absent(rules, rows))):
        raise ImportFaulty(
            [
                one
                for name, line in absent
                for one in _no_field(rules, name, line, there, path).problems
            ]
        )


def _titles(rules: Read) -> list[str]:
    return [taken.field for rule in rules.items if rule.target == "title" for taken in rule.sources]


def _declared(
    rows: list[foreign.Numbered], rules: Read, say: Say
) -> tuple[Declared, Declared, tuple[tuple[int, int], ...]]:
    items: Declared = {}
    authorities: Declared = {}
    repeated, lines = [], {}
    for n, (line, row) in enumerate(rows, 1):
        authority = authority_of(row, rules)
        if authority is not None:
            authority = authorities.setdefault(authority["id"], authority)
        item = item_of(row, rules, authority)
        first = _same_as(item, items)
        if first:
            repeated.append((line, lines[first]))
        else:
            item["id"] = _free(item["id"], items)
            items[item["id"]] = item
            lines[item["id"]] = line
        if n % 100 == 0 or n == len(rows):
            say(n, len(rows))
    return items, authorities, tuple(repeated)


def _same_as(item: dict[str, Any], items: Declared) -> str:
    """The id under which the very same item stands already, whatever number it was given."""
    id, n = item["id"], 1
    while id in items:
        if {**items[id], "id": ""} == {**item, "id": ""}:
            return str(id)
        n += 1
        id = f"{item['id']}-{n}"
    return ""


def _free(id: str, taken: Declared) -> str:
    """The id, or with a number after it where another item has it already."""
    free, n = id, 1
    while free in taken:
        n += 1
        free = f"{id[:58]}-{n}"
    return free


def _compared(
    before: Declared,
    items: Declared,
    read: int,
    repeated: tuple[tuple[int, int], ...],
    authorities: Declared,
    rules: Read,
) -> Imported:
    changed = {
        id: tuple(dict.fromkeys(".".join(one.path) for one in differences(before[id], item)))
        for id, item in items.items()
        if id in before and before[id] != item
    }
    added = tuple(id for id in items if id not in before)
    return Imported(
        read=read,
        repeated=repeated,
        added=added,
        changed=changed,
        gone=tuple(id for id in before if id not in items),
        same=len(items) - len(added) - len(changed),
        authorities=len(authorities),
        mapping=rules.file,
        oddities=(),
    )


def _note(
    path: Path, data: bytes, rules: Read, read: int, repeated: tuple[tuple[int, int], ...]
) -> dict[str, Any]:
    """What is kept of an import beside its items; the same import gives the same note."""
    return {
        "file": path.name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "mapping": Path(rules.file).name,
        "read": read,
        "repeated": [list(one) for one in repeated],
    }


def _cut_off(done: Imported, before: int, path: Path) -> None:
    """An export that lost a great part of its items was most likely cut off."""
    if len(done.gone) * 5 <= before or before < 10:
        return
    raise fault(
        str(path),
        0,
        "gone",
        Text(
            zh=f"原有 {before} 条事项，这次少了 {len(done.gone)} 条，导出可能不完整。",
            en=f"{len(done.gone)} of the {before} items are missing: it may be cut off.",
        ),
        Text(
            zh="重新导出再导入；确实取消了这么多，就加上 --accept-gone。",
            en="Export again; if they are really gone, add --accept-gone.",
        ),
    )


def _no_field(rules: Read, name: str, line: int, there: list[str], path: Path) -> ImportFaulty:
    near = did_you_mean(name, there)
    return fault(
        rules.file,
        line,
        "no-field",
        Text(
            zh=f"「{path.name}」里没有「{name}」这个字段。",
            en=f"No row of {path.name} has a field “{name}”.",
        ),
        Text(
            zh=(f"是不是「{near}」？" if near else "") + f"里面的字段有：{'、'.join(there)}。",
            en=(f"Did you mean “{near}”? " if near else "")
            + f"Its fields are: {', '.join(there)}.",
        ),
    )


def _maps_nothing(rules: Read) -> ImportFaulty:
    return fault(
        rules.file,
        0,
        "maps-nothing",
        Text(
            zh="用这个映射，一条事项的名称也读不出来。", en="By this mapping no item has a title."
        ),
        Text(
            zh="检查 fields 下 title 写的外部字段。",
            en="See which foreign field title names under fields.",
        ),
    )


def _no_mapping_fits(path: Path, rows: list[foreign.Numbered]) -> ImportFaulty:
    there = sorted({name for _, row in rows for name in row})
    known = "、".join(one.stem for one in shipped())
    return fault(
        str(path),
        0,
        "no-mapping",
        Text(
            zh=f"自带的映射（{known}）和这个文件的字段对不上。",
            en=f"No mapping that comes with the program ({known}) fits its fields.",
        ),
        Text(
            zh=f"写一个映射文件，用 --mapping 指明。这个文件的字段有：{'、'.join(there)}。",
            en=f"Write a mapping and name it with --mapping. The fields are: {', '.join(there)}.",
        ),
    )
