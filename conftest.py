"""A database for the tests where `DATABASE_URL` gives none: one PostgreSQL of our own a run.

The process that was called starts it; those that pytest-xdist adds inherit its address.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from yiwang.web.database import entry
from yiwang.web.supervisor.postgres import Cluster

# Playwright's synchronous interface leaves a loop in the thread it ran in; the tests that come
# after it in the same process use the database there as ever, one at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


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
