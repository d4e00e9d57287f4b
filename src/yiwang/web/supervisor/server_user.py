"""As whom PostgreSQL runs: it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yiwang.web.supervisor.spawn import spawn
from yiwang.web.supervisor.trouble import CannotStart

_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class ServerUser:
    """The user a server's files belong to, and how to become that user."""

    uid: int
    gid: int
    reach: bool = True  # whether that user reaches binaries and data by itself

    @property
    def _switches(self) -> bool:
        return self.uid != os.geteuid()

    def command(self, argv: Sequence[str], last: signal.Signals) -> list[str]:
        """`argv`, with setpriv before it where the user needs help to reach its files."""
        if self.reach:
            return list(argv)
        return [
            "setpriv",
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            f"--pdeathsig={last.name.removeprefix('SIG')}",
            "--",
            *argv,
        ]

    def run(self, argv: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run `argv` to its end as this user."""
        process = subprocess.Popen(
            self.command(argv, signal.SIGKILL),
            cwd=cwd if self.reach else "/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self._switch(),
        )
        output, _ = process.communicate()
        return subprocess.CompletedProcess(argv, process.returncode, output)

    def spawn(self, argv: Sequence[str], *, last: signal.Signals, log: Path) -> subprocess.Popen:
        """Start `argv` as this user, tied to this process."""
        user = (self.uid, self.gid) if self._switches and self.reach else None
        return spawn(self.command(argv, last), last=last, log=log, cwd=Path("/"), user=user)

    def give(self, folder: Path) -> None:
        """Make `folder` (made by us, 0700) this user's."""
        if self._switches:
            os.chown(folder, self.uid, self.gid)

    def _switch(self) -> dict[str, object]:
        if not self._switches or not self.reach:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_user(data: Path, binary: Path) -> ServerUser:
    """Who runs the server whose files are in `data`: we, or for root an unprivileged user."""
    owner = _owner(data)
    if os.geteuid() != 0:
        if owner is not None and owner != os.geteuid():
            raise CannotStart(
                f"数据库文件夹 {data} 属于另一个用户。请用该用户(或 root)启动,"
                "或用 YIWANG_HOME=… 另选一个文件夹。",
                f"The database in {data} belongs to another user. Start as that user or as root, "
                "or choose another folder: YIWANG_HOME=…",
            )
        return ServerUser(os.geteuid(), os.getegid())
    user = _unprivileged(owner)
    return user if _reaches(user, binary, data.parent) else _helped(user, binary, data.parent)


def _owner(data: Path) -> int | None:
    try:
        return data.stat().st_uid
    except FileNotFoundError:
        return None
    except PermissionError:
        return -1


def _unprivileged(owner: int | None) -> ServerUser:
    if owner:
        try:
            return ServerUser(owner, pwd.getpwuid(owner).pw_gid)
        except KeyError:
            return ServerUser(owner, owner)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    return ServerUser(65534, 65534)


def _reaches(user: ServerUser, binary: Path, folder: Path) -> bool:
    try:
        tried = user.run(
            ["/bin/sh", "-c", '"$1" --version && cd "$2"', "sh", str(binary), str(folder)],
            cwd=Path("/"),
        )
    except OSError:
        return False
    return tried.returncode == 0


def _helped(user: ServerUser, binary: Path, folder: Path) -> ServerUser:
    helped = ServerUser(user.uid, user.gid, reach=False)
    if shutil.which("setpriv") and _reaches(helped, binary, folder):
        return helped
    raise CannotStart(
        f"PostgreSQL 不能以 root 身份运行,而普通用户(uid {user.uid})无法进入 {folder} 或读取 "
        f"{binary}。请把程序放到 /srv 之类人人可读的位置,或用普通用户启动,或设置 DATABASE_URL。",
        f"PostgreSQL does not run as root, and the ordinary user (uid {user.uid}) cannot reach "
        f"{folder} or {binary}. Put the program where everybody can read it, such as /srv, "
        "start it as an ordinary user, or set DATABASE_URL.",
    )
