"""Processes that outlived a supervisor and all that tied them to it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

MARK = "YIWANG_STARTED_BY_UP_IN"  # in the environment of what `yiwang up` starts: its home


def end_leftovers(home: Path, *, seconds: float = 5) -> int:
    """End what an earlier `yiwang up` of this home left running; how many there were.

    To be called by whoever holds the home: then nothing else rightly bears its mark. Web's
    processes are left when their master and the supervisor are killed in the same moment.
    """
    found = _marked(home)
    for pid in found:
        _kill(pid)
    deadline = time.monotonic() + seconds
    while _marked(home) and time.monotonic() < deadline:
        time.sleep(0.05)
    return len(found)


def _marked(home: Path) -> list[int]:
    mark = os.fsencode(f"{MARK}={home}")
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if int(folder.name) != os.getpid() and mark in _environment(folder)
    ]


def _environment(folder: Path) -> list[bytes]:
    """A process's environment; empty where it is another user's or has ended."""
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
