"""`yiwang pack`: check, compare, load a city's declarations; write their schemas and pages."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from yiwang.kernel.words import Language, speak
from yiwang.pack import loader
from yiwang.pack.declaration import Problem

for _owner in ("identity.declarations", "registers.declarations", "cases.declarations",
               "licences.declarations", "services.checks"):  # fmt: skip
    import_module(f"yiwang.{_owner}")  # fills KINDS where a room has no AppConfig yet


def add(words) -> None:
    """`yiwang pack …`."""
    pack = words.add_parser("pack", help="check, compare and load a city's declarations")
    verbs = pack.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="tell everything that is wrong in a pack's folder")
    check.add_argument("folder", type=Path, metavar="DIR")
    check.add_argument("--json", action="store_true", help="print for machines")
    _language(check)
    check.set_defaults(run=run_check)


def _language(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--lang", "--city-lang", choices=("zh", "en"), default=spoken_here(), help="zh or en"
    )


def spoken_here() -> Language:
    """Chinese, unless the environment asks for English."""
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"


def run_check(arguments: Namespace) -> int:
    """Print every problem of a folder; 1 where there are errors."""
    speak(arguments.lang)
    loaded = loader.read(arguments.folder)
    if arguments.json:
        print(json.dumps([_plain(one) for one in loaded.problems], ensure_ascii=False, indent=1))
        return 1 if loaded.errors else 0
    for problem in loaded.problems:
        print(_line(problem))
    print(_summary(loaded, arguments.lang))
    return 1 if loaded.errors else 0


def _plain(problem: Problem) -> dict[str, object]:
    told = asdict(problem)
    return {**told, "what": problem.what.model_dump(), "remedy": problem.remedy.model_dump()}


def _line(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    path = ".".join(str(step) for step in problem.path)
    about = " ".join(part for part in (problem.id, path) if part)
    mark = {"error": "✗", "finding": "·"}[problem.severity]
    head = f"{mark} {where} [{about}]" if about else f"{mark} {where}"
    return f"{head}\n    {problem.what}\n    → {problem.remedy}"


def _summary(loaded: loader.Loaded, language: Language) -> str:
    errors, findings = len(loaded.errors), len(loaded.findings)
    if language == "zh":
        version = f"，版本 {loaded.pack.hash[:12]}" if loaded.pack else ""
        return f"错误 {errors} 个，建议 {findings} 个{version}。"
    version = f"; version {loaded.pack.hash[:12]}" if loaded.pack else ""
    return f"{errors} errors, {findings} findings{version}."
