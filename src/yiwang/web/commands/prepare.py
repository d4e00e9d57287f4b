"""`yiwang prepare`: everything between installing a version and serving it."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from yiwang.kernel.words import Text
from yiwang.web.preparation import STEPS, Step

_LOCK = 0x79697072  # "yipr": one machine prepares at a time


def add(words) -> None:
    """`yiwang prepare`."""
    parser = words.add_parser(
        "prepare", help="make tables, pages, pack and demo data ready for this version"
    )
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> None:
    """Each step in turn, each with its time; what is ready already takes no time."""
    with _alone():
        for step in STEPS:
            if step.wanted():
                _do(step)


def _do(step: Step) -> None:
    began = time.monotonic()
    print(f"  · {step.title} … ", end="", flush=True)
    said = step.do()
    took = f"{time.monotonic() - began:.1f} s"
    print(f"{said or Text(zh='完成', en='done')} ({took})", flush=True)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
