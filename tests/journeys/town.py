"""A city of its own for the stories: database, pages, worker, a sister city that never answers."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.journeys import people
from yiwang.web.supervisor.spawn import kill_group, spawn


@dataclass
class Town:
    """A running city."""

    home: Path
    env: dict[str, str]
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pack(self) -> Path:
        """The folder of its pack, to be edited."""
        return self.home / "pack"

    def run(self, *words: str) -> str:
        """What `yiwang WORDS` prints; a command that fails fails the test."""
        done = subprocess.run(
            [sys.executable, "-m", "yiwang.web", *words],
            env=self.env, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database: only to make sure that nothing false was written."""
        with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as database:
            return database.execute(query, values).fetchall()

    def change(self, query: str, *values: Any) -> None:
        """Do to the database what time or an operator would."""
        with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as database:
            database.execute(query, values)

    def said(self) -> str:
        """What the processes logged."""
        return "".join(f"{p.name}\n{p.read_text()[-3000:]}" for p in self.home.glob("*.log"))

    def start(self) -> None:
        """Everything `yiwang up` starts beside the database; returns once the pages answer."""
        for name in ("web", "worker", "sequencer"):
            self.running.append(
                spawn(
                    [sys.executable, "-m", "yiwang.web", name],
                    last=signal.SIGKILL, env=self.env, log=self.home / f"{name}.log",
                )
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self._healthy():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def stop(self) -> None:
        """End what was started."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            kill_group(process)
            process.wait()

    def _healthy(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as one:
            try:
                one.request("GET", "/health")
                return one.getresponse().status == 200
            except OSError:
                return False


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """A city with the people of the stories, gone afterwards."""
    people.settle(folder / "pack")
    with _database() as url, _sister_city() as sister:
        env = {
            **os.environ, "DATABASE_URL": url, "YIWANG_HOME": str(folder), "YIWANG_DEMO": "1",
            "YIWANG_PACK": str(folder / "pack"), "YIWANG_SOURCE_LINJIANG": sister,
            "YIWANG_BIND": "127.0.0.1", "YIWANG_HOSTS": "127.0.0.1", "YIWANG_HTTPS": "0",
            "YIWANG_DEBUG": "0", "YIWANG_LOG_LEVEL": "WARNING", "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "yiwang.web.settings",
        }  # fmt: skip
        here = Town(folder, env, _free_port())
        env["PORT"] = str(here.port)
        here.run("prepare")
        here.start()
        try:
            yield here
        finally:
            here.stop()


@contextmanager
def _database() -> Iterator[str]:
    given = os.environ["DATABASE_URL"]  # the root conftest sees to it
    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(make_conninfo(given, dbname="postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        )
        try:
            yield make_conninfo(given, dbname=name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _sister_city() -> Iterator[str]:
    """A listener that takes every connection and never says a word."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            with suppress(OSError):
                while True:
                    held.append(server.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for one in held:
        one.close()


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
