"""A city of its own for a run: its database, its pack, its processes; all gone afterwards."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import django
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.benchmarks.figure import say
from yiwang.web.supervisor.postgres import Cluster
from yiwang.web.supervisor.spawn import kill_group, spawn

PACK = Path(__file__).parents[2] / "packs" / "jiangcheng"


@dataclass
class Town:
    """A city ready to be measured; `start` runs its processes as `yiwang up` does."""

    home: Path
    url: str
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, *names: str, **settings: str) -> None:
        """Run `yiwang NAME` for each name; returns once the pages answer."""
        for name in names:
            self.running[name] = spawn(
                [sys.executable, "-m", "yiwang.web", name], last=signal.SIGTERM,
                env={**os.environ, **settings}, log=self.home / f"{name}.log",
            )  # fmt: skip
        if "web" in names:
            self._await_pages()

    def stop(self, *names: str) -> None:
        """End these processes and what they started; all of them where none is named."""
        for name in names or tuple(self.running):
            process = self.running.pop(name)
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(8)
            kill_group(process)
            process.wait()

    def said(self, name: str) -> str:
        """The last lines of a process's log."""
        return (self.home / f"{name}.log").read_text(errors="replace")[-2000:]

    def _await_pages(self, name: str = "web") -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as one:
                try:
                    one.request("GET", "/health")
                    if one.getresponse().status:
                        return
                except OSError:
                    time.sleep(0.1)
        raise SystemExit(f"the pages did not come up: {self.said(name)}")


@contextmanager
def town() -> Iterator[Town]:
    """A fresh city: tables made, the pack of 江城 live. Django is set up for it."""
    folder = Path(tempfile.mkdtemp(prefix="yiwang-bench-"))
    folder.chmod(0o755)
    try:
        with _database(folder) as url:
            here = Town(folder / "home", url, _free_port())
            here.home.mkdir()
            _tell_database(url)
            _settle(here)
            try:
                yield here
            finally:
                here.stop()
                django.db.connections.close_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(here: Town) -> None:
    os.environ |= {
        "YIWANG_CALLS_A_MINUTE": "0",  # all calls come from one address here
        "DATABASE_URL": here.url, "YIWANG_HOME": str(here.home), "PORT": str(here.port),
        "YIWANG_BIND": "127.0.0.1", "YIWANG_HOSTS": "127.0.0.1", "YIWANG_DEMO": "0",
        "YIWANG_HTTPS": "0", "YIWANG_DEBUG": "0", "YIWANG_PACK": str(PACK),
        "YIWANG_LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "yiwang.web.settings",
    }  # fmt: skip
    for name in ("YIWANG_WEB_WORKERS", "YIWANG_WEB_THREADS"):
        os.environ.pop(name, None)  # 2 processes of 4 threads, as is the default
    django.setup()
    say("making tables, styles and the pack")
    done = subprocess.run([sys.executable, "-m", "yiwang.web", "prepare"], stdout=sys.stderr)
    if done.returncode:
        raise SystemExit(done.returncode)


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """A database of ours: durable, in a server of its own unless DATABASE_URL names one."""
    given = os.environ.get("DATABASE_URL", "").strip()
    if given:
        with _fresh_database(given) as url:
            yield url
        return
    say("starting PostgreSQL")
    cluster = Cluster.at(folder / "postgres")
    server = cluster.launch()
    try:
        cluster.wait(server)
        yield cluster.url()
    finally:
        cluster.stop(server)


@contextmanager
def _fresh_database(given: str) -> Iterator[str]:
    name = f"yiwang_bench_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        )
        try:
            yield make_conninfo(given, dbname=name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _tell_database(url: str) -> None:
    """Which server, and what it does so that nothing committed is lost."""
    with psycopg.connect(url) as db:
        told = [db.execute(f"SHOW {name}").fetchone()[0]
                for name in ("server_version", "fsync", "synchronous_commit")]  # fmt: skip
    say("PostgreSQL {}, fsync {}, synchronous_commit {}".format(*told))


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
