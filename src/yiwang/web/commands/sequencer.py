"""`yiwang sequencer`: give each committed act its position in the log."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import Namespace

from django.db import InterfaceError, OperationalError, connection

from yiwang.ledger import sequencer

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds before trying again when the database is away


def add(words) -> None:
    """`yiwang sequencer`."""
    parser = words.add_parser("sequencer", help="give each committed act its position in the log")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> None:
    """Until a signal comes; a database that is away is waited for."""
    stop = threading.Event()
    working = threading.Thread(target=_work, args=[stop], name="sequencer")
    asked = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: asked.append(True))
    working.start()
    while not asked and working.is_alive():
        time.sleep(0.1)
    stop.set()
    working.join()


def _work(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            sequencer.run(stop)
        except (OperationalError, InterfaceError):
            log.warning("The database is away; trying again in %s s", PAUSE)
            connection.close()
            stop.wait(PAUSE)
    connection.close()
