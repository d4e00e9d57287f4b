"""A database for the tests where `DATABASE_URL` gives none: one PostgreSQL of our own a run.

The process that was called starts it; those that pytest-xdist adds inherit its address.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from yiwang.kernel.words import speak
from yiwang.web.database import entry
from yiwang.web.supervisor.postgres import Cluster


def pytest_configure(config: pytest.Config) -> None:
    """Start it before anything is collected: some tests ask the environment for it."""
    if os.environ.get("DATABASE_URL") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="yiwang-test-"))
    folder.chmod(0o755)
    cluster = Cluster.at(folder / "postgres", durable=False)
    server = cluster.launch()

    def stop() -> None:
        cluster.stop(server)
        shutil.rmtree(folder)

    config.add_cleanup(stop)
    cluster.wait(server)
    os.environ["DATABASE_URL"] = cluster.url()
    settings.DATABASES["default"].update(entry(cluster.url()))


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Each test begins in the first language, whichever page the one before it asked for."""
    speak("zh")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Jobs that a committing test left: Django empties its own tables only.

    Before anything of the test is torn down: after the last one the test database is gone, and
    the settings name the real one again.
    """
    marker = item.get_closest_marker("django_db")
    committed = marker is not None and marker.kwargs.get("transaction")
    committed = committed or "transactional_db" in getattr(item, "fixturenames", ())
    if committed and str(connection.settings_dict["NAME"]).startswith("test_"):
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as database:
            database.execute("SET lock_timeout = '5s'")
            database.execute("TRUNCATE procrastinate_jobs CASCADE")
