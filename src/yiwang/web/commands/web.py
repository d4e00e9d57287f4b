"""`yiwang web`: serve the pages."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from yiwang.web import environment


def add(words) -> None:
    """`yiwang web`."""
    parser = words.add_parser("web", help="serve the pages")
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Become granian; its master starts a worker again that died."""
    options = {
        "--interface": "wsgi",
        "--host": environment.BIND.text(),
        "--port": str(environment.PORT.number(1, 65535)),
        "--workers": str(environment.WEB_WORKERS.number(1, 64)),
        "--blocking-threads": str(environment.WEB_THREADS.number(1, 64)),
        "--blocking-threads-idle-timeout": "600",  # each holds a connection to the database
        "--workers-kill-timeout": "3",
        "--respawn-interval": "0.5",
    }
    flags = [word for pair in options.items() for word in pair]
    flags += ["--respawn-failed-workers", "--no-ws", "yiwang.web.wsgi:application"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *flags])
