"""Every read of packs: the one that is live, and those that cases have pinned."""

from __future__ import annotations

import threading
import time
import zlib
from functools import lru_cache
from pathlib import Path

from yiwang.pack.content import from_bytes
from yiwang.pack.errors import NoPack
from yiwang.pack.models import CurrentPack, PackVersion
from yiwang.pack.pack import Pack

SECONDS_TRUSTED = 1.0
VERSIONS_KEPT = 32


class _Live:
    """The hash of the live version as this process last heard it."""

    def __init__(self) -> None:
        self.hash = ""
        self.asked = float("-inf")


_live = _Live()
_parsing = threading.Lock()


def current() -> Pack:
    """The live pack; NoPack where none was loaded.

    The database is asked for its hash at most once a second in a process, so a load is live
    everywhere within that second. Keep the pack you were given for the length of a request.
    """
    return at(current_hash())


def current_hash() -> str:
    """The hash of the live version, at most a second old; NoPack where none was loaded."""
    now = time.monotonic()
    if not _live.hash or now - _live.asked > SECONDS_TRUSTED:
        found = CurrentPack.objects.values_list("version_id", flat=True).first()
        if found is None:
            raise NoPack()
        _live.hash, _live.asked = found, now
    return _live.hash


def at(hash: str) -> Pack:
    """The pack of this version, whether live or long past; NoPack where it is not stored."""
    with _parsing:
        return _kept(hash)


def forget() -> None:
    """Ask the database again at the next call; a load calls it."""
    _live.hash = ""


@lru_cache(maxsize=VERSIONS_KEPT)
def _kept(hash: str) -> Pack:
    row = PackVersion.objects.filter(hash=hash).values_list("content", flat=True).first()
    if row is None:
        raise NoPack(hash)
    return from_bytes(zlib.decompress(row))


def layers() -> list[Path]:
    """The folders the live pack was loaded over, the nearest first; none where none is live."""
    found = CurrentPack.objects.values_list("layers", flat=True).first()
    return [Path(one) for one in found or []]


def live_version() -> CurrentPack | None:
    """The row that says which version is live, with that version."""
    return CurrentPack.objects.select_related("version").first()
