"""`yiwang services`: import a catalogue, list what is odd in it, tell how good its guides are."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from yiwang.catalogue.declarations import CatalogueItem
from yiwang.catalogue.errors import ImportFaulty
from yiwang.catalogue.guide import Guide
from yiwang.catalogue.importing import Imported, import_file
from yiwang.catalogue.layer import MAPPING
from yiwang.catalogue.mapping import Mapping, read_mapping
from yiwang.catalogue.odd_words import CODES
from yiwang.catalogue.oddities import Oddity, oddities, summed
from yiwang.catalogue.quality import CRITERIA, Score, all_judged, by_office, score
from yiwang.catalogue.queries import guides
from yiwang.kernel.words import Text, speak
from yiwang.pack import loader
from yiwang.pack.errors import PackFaulty
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.web.commands.pack import spoken_here, tell_problems

SHOWN = 20


def add(words) -> None:
    """`yiwang services …`."""
    services = words.add_parser("services", help="the catalogue: import it, see what is odd in it")
    verbs = services.add_subparsers(title="verbs", metavar="VERB", required=True)
    read = _verb(verbs, "import", run_import, "read an export into a layer under a city's pack")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--into", type=Path, metavar="DIR", required=True, help="the layer's folder")
    read.add_argument("--mapping", type=Path, metavar="YAML", help="what the foreign fields mean")
    read.add_argument("--encoding", default="", metavar="NAME", help="gb18030, utf-16 …")
    read.add_argument(
        "--accept-gone", action="store_true", help="though a great part of the items is gone"
    )
    odd = _verb(verbs, "oddities", run_oddities, "list what is odd in a layer, item by item")
    odd.add_argument("folder", type=Path, metavar="DIR")
    odd.add_argument("--code", choices=CODES, metavar="CODE", help="one sort only")
    good = _verb(verbs, "quality", run_quality, "how good the guides are, office by office")
    good.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="else the live pack")
    good.add_argument("--over", type=Path, metavar="LAYER", nargs="+", help="layers under DIR")
    good.add_argument("--each", action="store_true", help="every finding, item by item")
    good.set_defaults(needs_database=True)


def _verb(verbs, name: str, run, help: str) -> ArgumentParser:
    parser = verbs.add_parser(name, help=help)
    parser.add_argument("--json", action="store_true", help="print for machines")
    parser.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    parser.set_defaults(run=run)
    return parser


def run_import(arguments: Namespace) -> int:
    """Import, tell what changed and what is odd; 1 where nothing could be imported."""
    speak(arguments.lang)
    began = time.monotonic()
    try:
        done = import_file(
            arguments.file,
            arguments.into,
            mapping=arguments.mapping,
            encoding=arguments.encoding,
            accept_gone=arguments.accept_gone,
            say=_progress,
        )
    except ImportFaulty as faulty:
        if arguments.json:
            print(json.dumps({"error": str(faulty), "problems": _problems(faulty)}, **_JSON))
        else:
            tell_problems(faulty.problems)
            print(
                Text(
                    zh="没有导入，文件夹保持原样。", en="Nothing imported: the folder is as it was."
                )
            )
        return 1
    if arguments.json:
        print(json.dumps(_imported(done), **_JSON))
        return 0
    _tell_changes(done)
    _tell_sums(done.oddities)
    print(_summary(done, time.monotonic() - began))
    return 0


def run_oddities(arguments: Namespace) -> int:
    """Every oddity with its item, then the sums."""
    speak(arguments.lang)
    pack, mapping = _layer(arguments.folder)
    found = [one for one in oddities(pack, mapping) if arguments.code in (None, one.code)]
    if arguments.json:
        print(json.dumps({"sums": summed(found), "oddities": _odd(found)}, **_JSON))
        return 0
    titles = {id: str(one.title).strip() for id, one in pack.all(CatalogueItem).items()}
    for one in found:
        said = f": {one.value}" if one.value else ""
        print(f"· {one.code} {one.item} {titles.get(one.item, '')} [{one.field}]{said}")
    _tell_sums(found)
    return 0


def run_quality(arguments: Namespace) -> int:
    """The score of each office, then what fails and what is not told, criterion by criterion."""
    speak(arguments.lang)
    pack = _read(arguments.folder, arguments.over or ()) if arguments.folder else current()
    all = list(guides(pack).values())
    if arguments.json:
        print(json.dumps(_graded(all), **_JSON))
        return 0
    verdicts = list(all_judged(all))
    for guide, verdict in verdicts if arguments.each else ():
        if verdict.state != "passed":
            mark = "✗" if verdict.state == "failed" else "?"
            print(f"{mark} {guide.id} {guide.title} [{verdict.criterion}] {verdict.what}")
    for mine in by_office(all).values():
        print(f"{_grade(score(mine))}  {_office(mine)}")
    print()
    for criterion in CRITERIA:
        states = [one.state for _, one in verdicts if one.criterion == criterion.code]
        said = " ".join(f"{state}={states.count(state)}" for state in STATES)
        print(f"{criterion.code:>15}  {said}  {criterion.title}")
    print(f"{_grade(score(all))}  " + str(Text(zh="全部", en="all")))
    return 0


STATES = ("passed", "failed", "not-told")


def _grade(one: Score) -> str:
    percent = "  –" if one.percent is None else f"{one.percent:>3}"
    return (
        f"score={percent} told={one.told:>3}% passed={one.passed} failed={one.failed} "
        f"not-told={one.not_told} items={one.items}"
    )


def _office(mine: list[Guide]) -> Text:
    office = mine[0].office
    return office.title if office else Text(zh="（没有部门）", en="(of no office)")


def _graded(all: list[Guide]) -> dict[str, Any]:
    return {
        "all": _score(score(all)),
        "offices": [
            {"id": id, "title": _office(mine).model_dump(), **_score(score(mine))}
            for id, mine in by_office(all).items()
        ],
        "findings": [
            {
                "item": guide.id,
                "office": guide.office.id if guide.office else None,
                "criterion": one.criterion,
                "state": one.state,
                "field": one.field,
                "what": one.what.model_dump() if one.what else None,
                "remedy": one.remedy.model_dump() if one.remedy else None,
            }
            for guide, one in all_judged(all)
            if one.state != "passed"
        ],
    }


def _score(one: Score) -> dict[str, Any]:
    return {"score": one.percent, "told": one.told, **asdict(one)}


def _layer(folder: Path) -> tuple[Pack, Mapping | None]:
    path = folder / MAPPING
    return _read(folder, ()), read_mapping(path).mapping if path.exists() else None


def _read(folder: Path, over: Sequence[Path]) -> Pack:
    loaded = loader.read(folder, over, whole=False)
    if loaded.pack is None:
        raise PackFaulty(loaded.problems)
    return loaded.pack


_JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 1}


def _progress(done: int, all: int) -> None:
    """On one line of the terminal; every thousand where it is no terminal."""
    if sys.stderr.isatty():
        print(f"\r{done} / {all}", end="\n" if done == all else "", file=sys.stderr, flush=True)
    elif done % 1000 == 0 or done == all:
        print(f"{done} / {all}", file=sys.stderr, flush=True)


def _tell_changes(done: Imported) -> None:
    for sign, ids in (("+", done.added), ("-", done.gone)):
        for id in ids[:SHOWN]:
            print(f"{sign} {id}")
        _more(len(ids) - SHOWN)
    for id, fields in list(done.changed.items())[:SHOWN]:
        print(f"~ {id}: {', '.join(fields)}")
    _more(len(done.changed) - SHOWN)
    for line, first in done.repeated:
        print(
            Text(
                zh=f"= 第 {line} 行和第 {first} 行完全相同，只保留一条",
                en=f"= line {line} says the same as line {first}; it is kept once",
            )
        )


def _more(count: int) -> None:
    if count > 0:
        print(Text(zh=f"  … 还有 {count} 条", en=f"  … and {count} more"))


def _tell_sums(found: Iterable[Oddity]) -> None:
    for code, count in summed(found).items():
        what, remedy = CODES[code]
        print(f"{count:>6}  {code}  {what} → {remedy}")


def _summary(done: Imported, seconds: float) -> str:
    items = len(done.added) + len(done.changed) + done.same
    return (
        f"read={done.read} items={items} added={len(done.added)} changed={len(done.changed)} "
        f"gone={len(done.gone)} same={done.same} repeated={len(done.repeated)} "
        f"authorities={done.authorities} oddities={len(done.oddities)} seconds={seconds:.1f}"
    )


def _imported(done: Imported) -> dict[str, Any]:
    return {
        "read": done.read,
        "items": len(done.added) + len(done.changed) + done.same,
        "added": list(done.added),
        "changed": {id: list(fields) for id, fields in done.changed.items()},
        "gone": list(done.gone),
        "same": done.same,
        "repeated": [{"line": line, "first": first} for line, first in done.repeated],
        "authorities": done.authorities,
        "mapping": done.mapping,
        "sums": summed(done.oddities),
        "oddities": _odd(done.oddities),
    }


def _odd(found: Iterable[Oddity]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "item": one.item,
            "field": one.field,
            "value": one.value,
            "what": one.what.model_dump(),
            "remedy": one.remedy.model_dump(),
        }
        for one in found
    ]


def _problems(faulty: ImportFaulty) -> list[dict[str, Any]]:
    return [
        {
            "file": one.file,
            "line": one.line,
            "code": one.code,
            "what": one.what.model_dump(),
            "remedy": one.remedy.model_dump(),
        }
        for one in faulty.problems
    ]
