"""The `yiwang` command."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

import django

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import speak
from yiwang.web import commands
from yiwang.web.environment import BadSetting


def parser() -> argparse.ArgumentParser:
    """The command line with every word that stands in `commands/`."""
    top = argparse.ArgumentParser(prog="yiwang", description="A digital city government.")
    words = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda one: one.name):
        importlib.import_module(f"yiwang.web.commands.{found.name}").add(words)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 found faults, 2 could not (one sentence says why)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.web.settings")
    speak(os.environ.get("LANG", "en"))
    try:
        django.setup()
        arguments = parser().parse_args(argv)
        return arguments.run(arguments) or 0
    except (YiwangError, BadSetting) as refused:
        print(f"yiwang: {refused}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
