"""The folder everything is written to: that it can be, and that one supervisor has it."""

from __future__ import annotations

import errno
import fcntl
import getpass
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yiwang.web.supervisor.postgres import disk_full
from yiwang.web.supervisor.trouble import CannotStart

ROOM_NEEDED = 500_000_000  # bytes


def writable(home: Path) -> None:
    """Make `home` and try to write there; `CannotStart` says what is in the way."""
    probe = home / f".probe{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(home) from None
        raise _read_only(home, error) from None
    if shutil.disk_usage(home).free < ROOM_NEEDED:
        raise disk_full(home)


def _read_only(home: Path, error: OSError) -> CannotStart:
    return CannotStart(
        f"用户 {_user()} 无法写入 {home}({error.strerror})。请换一个可写的文件夹:"
        "YIWANG_HOME=/path/to/folder make run",
        f"{home} cannot be written by {_user()} ({error.strerror}). "
        "Choose a folder that can: YIWANG_HOME=/path/to/folder make run",
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.geteuid()}"


@contextmanager
def held(home: Path, who: str, *, patience: float = 5) -> Iterator[None]:
    """Hold `home` alone for the block; `who` is "up" or "command".

    A short command is waited for; a running `yiwang up` is not: `CannotStart`.
    """
    note = home / "running.lock"
    with note.open("a+") as lock:
        deadline = time.monotonic() + patience
        while not _taken(lock.fileno()):
            if time.monotonic() > deadline:
                raise already_running(note.read_text())
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(f"{who} {os.getpid()}\n")
        lock.flush()
        yield


def _taken(fileno: int) -> bool:
    try:
        fcntl.flock(fileno, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def already_running(note: str) -> CannotStart:
    """What to say to a second `yiwang up`; `note` is what the first one wrote."""
    pid = note.split()[-1] if note.split() else "?"
    return CannotStart(
        f"这个文件夹已由另一个 yiwang 进程(pid {pid})使用。请先停止它,"
        "或用 YIWANG_HOME=… 和 PORT=… 另起一套。",
        f"Another yiwang (pid {pid}) is using this folder. Stop it first, "
        "or start a second city with YIWANG_HOME=… and PORT=…",
    )


def wait_until(
    true: Callable[[], bool], *, seconds: float, pause: Callable[[float], None] = time.sleep
) -> bool:
    """Whether `true` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        pause(0.1)
    return True
