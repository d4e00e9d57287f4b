"""Backups of the tests' database, made and put back with PostgreSQL's own tools."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection


def _on(tool: str, *words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        program = Path(cursor.fetchone()[0]) / tool  # no older than the server
    if not program.exists():
        pytest.skip(f"the server's {tool} is not on this machine")
    info = connection.get_connection_params()
    host, port = info.get("host") or "", str(info.get("port") or 5432)
    return [
        str(program),
        *words,
        "-h",
        host,
        "-p",
        port,
        "-U",
        info.get("user") or "",
        info["dbname"],
    ]


def dumped() -> str:
    """The whole database as text, as a backup holds it."""
    command = _on("pg_dump", "--no-owner")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def restored(backup: str, folder: Path) -> None:
    """Put an old backup in the place of the database, as an operator would."""
    file = folder / "backup.sql"
    kept = [line for line in backup.splitlines() if not re.match(r"\\(un)?restrict", line)]
    file.write_text("\n".join(kept))
    command = _on("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(file))
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    subprocess.run(command, capture_output=True, text=True, check=True)
    file.unlink()
