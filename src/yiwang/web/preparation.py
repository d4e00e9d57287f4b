"""The steps of `yiwang prepare`: each does only what is not done yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from yiwang.kernel.words import Text


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """`do` returns what to say beside its time, or None; `wanted` may leave the step out."""

    title: Text
    do: Callable[[], Text | None]
    wanted: Callable[[], bool] = _always


UNCHANGED = Text(zh="没有变化", en="unchanged")


def collect_pages() -> Text | None:
    """Hash and compress styles, scripts and pictures into STATIC_ROOT, if any has changed."""
    note = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if note.exists() and note.read_text() == now:
        return UNCHANGED
    command = collectstatic.Command()
    command.storage = CompressedManifestStaticFilesStorage()
    call_command(command, interactive=False, verbosity=0, clear=True)
    note.write_text(now)
    return None


def _fingerprint() -> str:
    """Changes when a file the rooms offer is added, removed or written."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            there = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{there.st_size}\0{there.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def make_tables() -> None:
    """Apply the migrations that are missing."""
    call_command("migrate", interactive=False, verbosity=0)


STEPS = (
    Step(Text(zh="样式和脚本", en="styles and scripts"), collect_pages),
    Step(Text(zh="数据表", en="tables"), make_tables),
)
