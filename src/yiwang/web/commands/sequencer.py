"""`yiwang sequencer`: give each committed act its position in the log."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace

from django.db import InterfaceError, OperationalError, connection

from yiwang.ledger import sequencer

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds before trying again when the database is away
_ENDS = {signal.SIGINT, signal.SIGTERM}


def add(words) -> None:
    """`yiwang sequencer`."""
    parser = words.add_parser("sequencer", help="give each committed act its position in the log")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> None:
    """Until a signal comes; a database that is away is waited for."""
    stop = threading.Event()
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)  # the thread below waits for them

    def wait_for_the_end() -> None:
        signal.sigwait(_ENDS)
        stop.set()

    threading.Thread(target=wait_for_the_end, name="signals", daemon=True).start()
    while not stop.is_set():
        try:
            sequencer.run(stop)
        except (OperationalError, InterfaceError):
            log.warning("The database is away; trying again in %s s", PAUSE)
            connection.close()
            stop.wait(PAUSE)
