"""`yiwang pack`: check, compare and load a city's declarations; write their schemas and pages."""

from __future__ import annotations

import getpass
import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from yiwang.kernel.words import Language, Text, speak
from yiwang.ledger.actions import Actor
from yiwang.pack import diff, docs, loader, queries, schema
from yiwang.pack.actions import load
from yiwang.pack.declaration import Problem
from yiwang.pack.errors import PackFaulty
from yiwang.pack.queries import current
from yiwang.search.index import index_of
from yiwang.web.environment import CHECKOUT

for _room in ("identity", "registers", "services"):
    import_module(f"yiwang.{_room}.changes")  # how each tells the changes of its kinds

REFERENCE = CHECKOUT / "docs" / "reference"


def add(words) -> None:
    """`yiwang pack …`."""
    pack = words.add_parser("pack", help="check, compare and load a city's declarations")
    verbs = pack.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = _verb(verbs, "check", run_check, "tell everything that is wrong in a pack's folder")
    check.add_argument("folder", type=Path, metavar="DIR")
    compare = _verb(verbs, "diff", run_diff, "say in plain words what changes for people")
    compare.add_argument("before", type=Path, metavar="A")
    compare.add_argument("after", type=Path, metavar="B")
    for parser in (check, compare):
        parser.add_argument("--json", action="store_true", help="print for machines")
        _over(parser)
    live = _verb(verbs, "load", run_load, "make a pack live, without restart")
    live.add_argument("folder", type=Path, metavar="DIR")
    _over(live)
    live.add_argument("--alone", action="store_true", help="without the layers it lay over")
    live.set_defaults(needs_database=True)
    pages = _verb(verbs, "schema", run_schema, "write JSON Schemas and the reference of every kind")
    pages.add_argument("--write", type=Path, metavar="DIR", nargs="?", const=REFERENCE)


def _verb(verbs, name: str, run, help: str) -> ArgumentParser:
    parser = verbs.add_parser(name, help=help)
    parser.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    parser.set_defaults(run=run)
    return parser


def _over(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--over",
        type=Path,
        metavar="LAYER",
        nargs="+",
        help="folders it lies over (an imported catalogue), the nearest first",
    )


def spoken_here() -> Language:
    """Chinese, unless the environment asks for English."""
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"


def run_check(arguments: Namespace) -> int:
    """Print every problem of a folder; 1 where there are errors."""
    speak(arguments.lang)
    loaded = loader.read(arguments.folder, arguments.over or ())
    if arguments.json:
        print(json.dumps(_checked(loaded), ensure_ascii=False, indent=1))
    else:
        tell_problems(loaded.problems)
        print(_summary(loaded))
    return 1 if loaded.errors else 0


def run_diff(arguments: Namespace) -> int:
    """Print what B changes; 1 where one of them has errors, 0 else, changed or not."""
    speak(arguments.lang)
    over = arguments.over or ()
    before, after = loader.read(arguments.before, over), loader.read(arguments.after, over)
    if before.pack is None or after.pack is None:
        tell_problems((*before.errors, *after.errors))
        return 1
    changes = diff.compare(before.pack, after.pack)
    if arguments.json:
        print(json.dumps([_change(one) for one in changes], ensure_ascii=False, indent=1))
        return 0
    for change in changes:
        print(f"· {change.says}")
    count = len(changes)
    print(Text(zh=f"改动 {count} 处。", en=f"{count} changes."))
    return 0


def run_load(arguments: Namespace) -> int:
    """Make a folder live; 1 with every problem where it has errors."""
    speak(arguments.lang)
    over = [] if arguments.alone else arguments.over
    try:
        done = load(arguments.folder, over=over, by=Actor("operator", getpass.getuser()))
    except PackFaulty as faulty:
        tell_problems(faulty.problems)
        return 1
    version = done.hash[:12]
    if done.changed:
        print(Text(zh=f"已生效，版本 {version}。", en=f"Live now: version {version}."))
        index = index_of(current())  # so that nobody waits for it
        count, seconds = len(index.documents), f"{index.seconds:.1f}"
        print(Text(zh=f"可以搜索 {count} 项，索引用了 {seconds} 秒。",
                   en=f"{count} documents can be found; the index took {seconds} s."))  # fmt: skip
    else:
        print(Text(zh=f"没有变化，版本 {version}。", en=f"Unchanged: version {version}."))
    for layer in queries.layers():
        print(Text(zh=f"下层：{layer}", en=f"over: {layer}"))
    return 0


def run_schema(arguments: Namespace) -> int:
    """Print every schema as one object, or write schemas and pages below a folder."""
    speak(arguments.lang)
    if arguments.write is None:
        print(json.dumps(schema.schemas(), ensure_ascii=False, indent=1))
        return 0
    written = schema.write(arguments.write / "schemas") + docs.write(arguments.write / "pack")
    count = len(written)
    print(Text(zh=f"写了 {count} 个文件。", en=f"{count} files written."))
    return 0


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print problems, each with its place and what to do."""
    for problem in problems:
        print(_line(problem))


def _line(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    path = ".".join(str(step) for step in problem.path)
    about = " ".join(part for part in (problem.id, path) if part)
    mark = {"error": "✗", "finding": "·"}[problem.severity]
    head = f"{mark} {where} [{about}]" if about else f"{mark} {where}"
    return f"{head}\n    {problem.what}\n    → {problem.remedy}"


def _summary(loaded: loader.Loaded) -> Text:
    errors, findings = len(loaded.errors), len(loaded.findings)
    version = loaded.pack.hash[:12] if loaded.pack else ""
    return Text(
        zh=f"错误 {errors} 个，建议 {findings} 个{f'，版本 {version}' if version else ''}。",
        en=f"{errors} errors, {findings} findings{f'; version {version}' if version else ''}.",
    )


def _checked(loaded: loader.Loaded) -> dict[str, object]:
    return {
        "errors": len(loaded.errors),
        "findings": len(loaded.findings),
        "version": loaded.pack.hash if loaded.pack else None,
        "problems": [_problem(one) for one in loaded.problems],
    }


def _problem(problem: Problem) -> dict[str, object]:
    told = asdict(problem)
    return {**told, "what": problem.what.model_dump(), "remedy": problem.remedy.model_dump()}


def _change(change: diff.Change) -> dict[str, object]:
    told = asdict(change)
    del told["plain"]
    return {**told, "says": change.says.model_dump()}
