"""Starting a process that does not outlive the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1  # prctl(2)


def _tied(parent: int, last: signal.Signals) -> Callable[[], None]:
    def before_exec() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(last))
            if os.getppid() != parent:
                os._exit(1)

    return before_exec


def spawn(
    argv: Sequence[str],
    *,
    last: signal.Signals,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    cwd: Path | None = None,
    user: tuple[int, int] | None = None,
) -> subprocess.Popen[bytes]:
    """A process in a group of its own that gets the signal `last` when this one dies.

    `log` takes what it prints (appended); without it, it prints here. `user` is (uid, gid).
    Call it from the main thread: the kernel ties a child to the thread that made it.
    """
    switch = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
    out = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            argv,
            env=None if env is None else dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            process_group=0,
            preexec_fn=_tied(os.getpid(), last),
            **switch,
        )
    finally:
        if out:
            out.close()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End whatever is left of the process's group at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def keep_short(log: Path, limit: int = 10_000_000) -> None:
    """A log of more than `limit` bytes becomes the one older log that is kept."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))
