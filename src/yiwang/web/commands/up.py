"""`yiwang up`: start everything a city needs on this machine."""

from __future__ import annotations

from argparse import Namespace

from yiwang.web import environment
from yiwang.web.supervisor.processes import City


def add(words) -> None:
    """`yiwang up`."""
    parser = words.add_parser("up", help="start everything a city needs on this machine")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Until a signal comes."""
    port = environment.PORT.number(1, 65535)
    return City(environment.HOME.path(), environment.BIND.text(), port).run()
