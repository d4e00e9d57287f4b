"""What must be so before anything is started."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yiwang.web.supervisor.trouble import CannotStart

OLDEST = 150_000  # PostgreSQL's own number for 15.0
BUILT = Path(__file__).resolve().parents[2] / "ui" / "static" / "built"


def port_is_free(host: str, port: int, *, patience: float = 2.0) -> None:
    """`CannotStart` where another program still has `port` after so many seconds: what has just
    ended may hold it for a moment."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return _try_port(host, port)
        except CannotStart:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _try_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CannotStart(
                f"没有权限使用端口 {port}。请用 1024 以上的端口:PORT=8000 make run",
                f"Port {port} may not be used by this user. "
                "Choose one above 1024: PORT=8000 make run",
            ) from None
        except OSError as error:
            raise _port_trouble(host, port, error) from None


def _port_trouble(host: str, port: int, error: OSError) -> CannotStart:
    other = port + 1 if port < 65535 else 8001
    return CannotStart(
        f"{host} 的端口 {port} 不能用({error.strerror})。"
        f"请停止占用它的程序,或换一个端口:PORT={other} make run",
        f"Port {port} on {host} cannot be used ({error.strerror}). "
        f"Stop the program that has it, or choose another port: PORT={other} make run",
    )


def pages_are_built() -> None:
    """`CannotStart` where the styles and scripts were not made yet."""
    if not BUILT.is_dir() or not any(BUILT.iterdir()):
        raise CannotStart(
            "页面的样式和脚本还没有生成。请运行:make setup(需要 Node 20 或更新版本)",
            "The styles and scripts of the pages are not built yet. "
            "Run: make setup (it needs Node 20 or newer)",
        )


def database_answers(url: str) -> None:
    """`CannotStart` where `DATABASE_URL` leads nowhere; the password is never repeated."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise CannotStart(
            "无法读懂 DATABASE_URL。写法:postgresql://用户:密码@主机:5432/库名",
            "DATABASE_URL cannot be read. Write postgresql://user:password@host:5432/name",
        ) from None
    try:
        with psycopg.connect(url, connect_timeout=5) as database:
            version = database.info.server_version
    except psycopg.OperationalError as error:
        raise _dead(parts, error) from None
    if version < OLDEST:
        raise CannotStart(
            f"DATABASE_URL 的 PostgreSQL 版本是 {version // 10000},需要 15 或更新版本。",
            f"The PostgreSQL of DATABASE_URL is {version // 10000}; 15 or newer is needed.",
        )


def _dead(parts: dict[str, object], error: psycopg.OperationalError) -> CannotStart:
    where = f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
    reason = (str(error).strip().splitlines() or ["no answer"])[0]
    reason = reason.rpartition("failed: ")[2] or reason
    return CannotStart(
        f"DATABASE_URL 指向的数据库 {where} 连不上:{reason}。"
        "请检查它是否在运行、地址和密码是否正确;或去掉 DATABASE_URL,使用自带的数据库。",
        f"The database of DATABASE_URL, {where}, does not answer: {reason}. Check that it runs "
        "and that address and password are right; or unset DATABASE_URL to use our own.",
    )
