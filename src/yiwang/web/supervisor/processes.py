"""`yiwang up`: everything a city needs on one machine, started in order, kept up, stopped in order.

PostgreSQL (unless `DATABASE_URL` is given), `yiwang prepare`, then web, worker and sequencer. Each
is a command of its own too; this only puts them together.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from yiwang.kernel.words import Text
from yiwang.web import environment
from yiwang.web.supervisor.child import Child
from yiwang.web.supervisor.home import held, writable
from yiwang.web.supervisor.leftovers import MARK, end_leftovers
from yiwang.web.supervisor.postgres import Cluster
from yiwang.web.supervisor.preflight import database_answers, pages_are_built, port_is_free
from yiwang.web.supervisor.spawn import keep_short, kill_group, spawn
from yiwang.web.supervisor.trouble import CannotStart

READY_WITHIN = 60.0  # seconds
STOP_WITHIN = 3.0  # seconds for each of: web; worker and sequencer; PostgreSQL
# What each gets when this process is killed: web's master has to stop its own workers; the others
# would wait for a database that is gone. Their unfinished jobs are taken up by the next worker.
LAST = {"web": signal.SIGTERM}
LOOPBACK = ("127.0.0.1", "::1", "localhost")
OPEN_DEMO = Text(
    zh="注意:演示账号谁都能用,而页面在 {host} 上对外开放。服务真实的人之前请设 YIWANG_DEMO=0。",
    en="Mind: anybody can use the demo sign-ins, and the pages are open to others on {host}. "
    "Set YIWANG_DEMO=0 before real people are served.",
)


class _Stopped(Exception):
    """Somebody asked for an end."""


class City:
    """The processes of one city on this machine."""

    def __init__(self, home: Path, host: str, port: int) -> None:
        self.home = home
        self.host = host
        self.port = port
        self.began = time.monotonic()
        self.stopping = False
        self.demo = environment.is_demo()
        self.env = dict(
            os.environ,
            YIWANG_HOME=str(home),
            YIWANG_BIND=host,
            PORT=str(port),
            YIWANG_DEMO=str(int(self.demo)),
            **{MARK: str(home)},
        )
        self.database: Child | None = None
        self.cluster: Cluster | None = None
        self.children: list[Child] = []

    def run(self) -> int:
        """Start everything, keep it up until a signal comes, stop everything; the exit code."""
        writable(self.home)
        pages_are_built()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._ask)
        with held(self.home, "up"):
            end_leftovers(self.home)
            self._check()
            try:
                self._start()
                self._keep()
            except _Stopped:
                return 0
            finally:
                self._stop()
        return 0

    def say(self, words: str | Text) -> None:
        """One line of progress, with the seconds since the start."""
        self._print(f"[{time.monotonic() - self.began:6.1f} s] {words}")

    @staticmethod
    def _print(line: object) -> None:
        with suppress(OSError):  # whoever read along has gone; the city goes on
            print(line, flush=True)  # noqa: T201

    # ---- starting

    def _check(self) -> None:
        port_is_free(self.host, self.port)
        if url := environment.DATABASE_URL.text():
            database_answers(url)

    def _start(self) -> None:
        if not environment.DATABASE_URL.text():
            self._start_database()
        self._prepare()
        for name in ("web", "worker", "sequencer"):
            child = Child(name, lambda name=name: self._launch(name), say=self.say)
            child.start()
            self.children.append(child)
        self.say(Text(zh="正在启动页面服务……", en="Starting the pages …"))
        self._await_pages()
        self._tell()

    def _start_database(self) -> None:
        first = not (self.home / "postgres" / "data").exists()
        self.say(
            Text(zh="正在建立自带的数据库……", en="Making a database of our own …")
            if first
            else Text(zh="正在启动自带的数据库……", en="Starting our own database …")
        )
        self.cluster = Cluster.at(self.home / "postgres")
        self.database = Child("postgres", self.cluster.launch, signal.SIGINT, self.say)
        self.database.start()
        assert self.database.process
        self.cluster.wait(self.database.process, pause=self._pause)
        url = self.cluster.url()
        self.env["DATABASE_URL"] = url
        (self.home / "postgres.url").write_text(url + "\n")

    def _prepare(self) -> None:
        """`yiwang prepare` in a process of its own; its lines are the progress shown."""
        process = spawn(self._command("prepare"), last=signal.SIGKILL, env=self.env)
        try:
            while process.poll() is None:
                self._pause(0.05)
        finally:
            kill_group(process)
        if process.returncode:
            raise CannotStart(
                "准备数据时出错(原因见上)。改正后再次启动,已有的数据不受影响。",
                "Preparing the data failed (the reason stands above). Start again once it is "
                "mended; what was there is kept.",
            )

    def _launch(self, name: str) -> subprocess.Popen[bytes]:
        logs = self.home / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        log = logs / f"{name}.log"
        keep_short(log)
        last = LAST.get(name, signal.SIGKILL)
        return spawn(self._command(name), last=last, env=self.env, log=log)

    def _command(self, *words: str) -> Sequence[str]:
        return [sys.executable, "-m", "yiwang.web", *words]

    def _await_pages(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not self._healthy():
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"页面服务在 {READY_WITHIN:g} 秒内没有就绪。日志:{self.home / 'logs'}",
                    f"The pages were not ready within {READY_WITHIN:g} s; "
                    f"the logs are in {self.home / 'logs'}",
                )
            self._tend()
            self._pause(0.1)

    def _healthy(self) -> bool:
        server = http.client.HTTPConnection(self._reached_at, self.port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            server.request("GET", "/health", headers={"Host": environment.HOSTS.words()[0]})
            return server.getresponse().status == 200
        return False

    @property
    def _reached_at(self) -> str:
        return "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host

    def _tell(self) -> None:
        root = f"http://{self._reached_at}:{self.port}"
        self.say(Text(zh="已就绪。", en="Ready."))
        for words, path in (
            (Text(zh="办事大厅", en="public pages"), "/"),
            (Text(zh="我的办事", en="my matters"), "/my/"),
            (Text(zh="工作台", en="staff desk"), "/desk/"),
        ):
            self._print(f"    {root}{path}  {words}")
        if self.demo and self._has("demo"):
            subprocess.run(self._command("demo", "accounts"), env=self.env, check=False)
        if self.demo and self.host not in LOOPBACK:
            self._print(OPEN_DEMO.filled(host=self.host))
        self._print(Text(zh="按 Ctrl-C 停止。", en="Ctrl-C stops everything."))

    @staticmethod
    def _has(command: str) -> bool:
        return (Path(__file__).parents[1] / "commands" / f"{command}.py").exists()

    # ---- keeping

    def _keep(self) -> None:
        while True:
            self._tend()
            self._pause(0.2)

    def _tend(self) -> None:
        if self.database:
            self.database.tend()
        for child in self.children:
            child.tend()

    def _ask(self, *_: object) -> None:
        self.stopping = True

    def _pause(self, seconds: float) -> None:
        time.sleep(seconds)
        if self.stopping:
            raise _Stopped

    # ---- stopping

    def _stop(self) -> None:
        web, others = self.children[:1], self.children[1:]
        if self.children:
            self.say(Text(zh="正在停止……", en="Stopping …"))
        for group in (web, others):
            for child in group:
                child.ask_to_stop()
            deadline = time.monotonic() + STOP_WITHIN
            for child in group:
                if not child.ended(max(0.0, deadline - time.monotonic())):
                    self.say(f"{child.name} did not stop by itself")
        if self.cluster and self.database and self.database.process:
            self.cluster.stop(self.database.process, seconds=STOP_WITHIN)
        with suppress(FileNotFoundError):
            (self.home / "postgres.url").unlink()
        self.say(Text(zh="已停止,数据已保存。", en="Stopped; everything is kept."))
