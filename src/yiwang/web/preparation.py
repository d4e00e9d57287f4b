"""The steps of `yiwang prepare`: each does only what is not done yet."""

from __future__ import annotations

import getpass
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.ledger.erasure import reapply
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.pack.errors import NoPack, PackFaulty
from yiwang.search.index import index_of
from yiwang.web.demo import loading as demo
from yiwang.web.supervisor.trouble import CannotStart

log = logging.getLogger(__name__)


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


def make_index() -> Text:
    """Make what the live pack offers findable, so that nobody waits for it."""
    count = len(index_of(queries.current()).documents)
    return Text(zh=f"{count} 项可以搜索", en=f"{count} documents can be found")


def erase_again() -> Text | None:
    """Erase what was erased before and an old backup brought back."""
    count = reapply()
    return (
        Text(zh=f"再次删除 {count} 个办件", en=f"{count} matters erased again") if count else None
    )


def load_pack() -> Text | None:
    """Make the pack of the setting `YIWANG_PACK` live where none is, or where its files changed.

    A pack that was made live by hand since then stays, with its layers; the setting
    `YIWANG_LAYERS` names others. Where the changed files have errors, the city goes on with the
    pack it has, and says so.
    """
    folder, note = Path(settings.PACK), Path(settings.HOME) / "pack.loaded"
    if not folder.is_dir():
        raise CannotStart(
            f"找不到城市声明文件夹 {folder}。请用 YIWANG_PACK=… 指明它的位置。",
            f"There is no pack in {folder}. Say where it is with YIWANG_PACK=…",
        )
    layers = settings.LAYERS or queries.layers()
    now = _content(folder, *layers)
    if _is_live() and note.exists() and note.read_text() == now:
        return UNCHANGED
    try:
        loading = load(folder, over=layers, by=Actor("operator", getpass.getuser()))
    except PackFaulty as faulty:
        if not _is_live():
            raise
        log.warning("The changed pack in %s is not loaded: %s", folder, faulty)
        return Text(zh="有错误,沿用原来的版本", en="it has errors; the version before goes on")
    note.write_text(now)
    version = loading.hash[:12]
    return Text(zh=f"版本 {version}", en=f"version {version}")


def _is_live() -> bool:
    try:
        return bool(queries.current_hash())
    except NoPack:
        return False


def _content(*folders: Path) -> str:
    """Changes when a declaration of the pack or of a layer is added, removed or edited."""
    seen = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".yaml", ".jsonl", ".geojson"):
                seen.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _is_demo() -> bool:
    return bool(settings.DEMO)


def load_demo() -> Text | None:
    """The invented people and their week of matters, once. A pack without demo, or a city that
    has data of its own, goes on without."""
    try:
        return demo.load(say=lambda words: print(f"{words} … ", end="", flush=True))  # noqa: T201
    except Refusal as refused:
        return refused.text


STEPS = (
    Step(Text(zh="样式和脚本", en="styles and scripts"), collect_pages),
    Step(Text(zh="数据表", en="tables"), make_tables),
    Step(Text(zh="城市声明", en="the city's pack"), load_pack),
    Step(Text(zh="依法删除", en="lawful erasures"), erase_again),
    Step(Text(zh="搜索", en="search"), make_index),
    Step(Text(zh="演示数据", en="demo data"), load_demo, _is_demo),
)
