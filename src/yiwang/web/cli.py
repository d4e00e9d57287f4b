"""The `yiwang` command."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connections
from psycopg.errors import UndefinedTable

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text, speak
from yiwang.web import commands, environment
from yiwang.web.database import entry
from yiwang.web.logs import discreet
from yiwang.web.supervisor.home import writable
from yiwang.web.supervisor.own import own_database

_BARE = {"up", "web"}  # they only start other processes: Django stays out of them
NO_TABLES = Text(
    zh="数据库里还没有表。请先运行 yiwang prepare 或 make run。",
    en="The database has no tables yet. Run yiwang prepare or make run first.",
)
_STUCK = Text(
    zh="数据库没有应答:{reason}。请检查 DATABASE_URL 和数据库是否在运行。",
    en="The database does not answer: {reason}. Check DATABASE_URL and that the database runs.",
)


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The command line; only the modules of `words` are read, all where none is known."""
    top = argparse.ArgumentParser(prog="yiwang", description="A digital city government.")
    known = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    names = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))
    for name in [name for name in names if name in words[:1]] or names:
        importlib.import_module(f"yiwang.web.commands.{name}").add(known)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 found faults, 2 could not (one sentence says why)."""
    words = sys.argv[1:] if argv is None else list(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.web.settings")
    speak(os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")
    try:
        if words[:1] and words[0] in _BARE:
            return _run(parser(words).parse_args(words))
        writable(environment.HOME.path())
        django.setup()
        return _with_database(parser(words).parse_args(words))
    except (YiwangError, environment.BadSetting) as refused:
        return _refuse(str(refused))
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        return _refuse(str(NO_TABLES))
    except OperationalError as error:
        reason = (str(error).strip().splitlines() or [""])[0]
        return _refuse(str(_STUCK.filled(reason=discreet(reason))))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _with_database(arguments: argparse.Namespace) -> int:
    """Run the command; where it needs a database and none is given, with one of our own."""
    if not getattr(arguments, "needs_database", False) or environment.DATABASE_URL.text():
        return _run(arguments)
    with own_database(environment.HOME.path()) as url:
        settings.DATABASES["default"].update(entry(url))
        try:
            return _run(arguments)
        finally:
            connections.close_all()


def _run(arguments: argparse.Namespace) -> int:
    return arguments.run(arguments) or 0


def _refuse(sentence: str) -> int:
    print(f"yiwang: {sentence}", file=sys.stderr)
    return 2
