"""Sealed bytes on disk: written whole or not at all, in folders by the end of the id."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yiwang.kernel import moment


def place_of(id: UUID) -> str:
    """Where a document lies under the files folder: `ab/cd/<id>`, by the random end of its id."""
    return f"{id.hex[-2:]}/{id.hex[-4:-2]}/{id}"


def write(id: UUID, sealed: bytes) -> str:
    """Put bytes on disk durably; gives their place. A crash leaves no half file under that name."""
    place = place_of(id)
    path = root() / place
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return place


def read(place: str) -> bytes | None:
    """The sealed bytes; None where nothing lies there."""
    try:
        return (root() / place).read_bytes()
    except FileNotFoundError:
        return None


def remove(place: str) -> None:
    """Take the bytes off the disk; gone already is fine."""
    if place:
        (root() / place).unlink(missing_ok=True)


def older_than(age: timedelta) -> Iterator[tuple[UUID, Path]]:
    """Files on disk last written longer ago than `age`, unfinished ones included."""
    before = moment.real_now() - age
    for path in root().glob("??/??/*"):
        id = _id_of(path)
        if id is not None and _written(path) < before:
            yield id, path


def root() -> Path:
    """The files folder."""
    return Path(settings.FILES_ROOT)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name.removesuffix(".part"))
    except ValueError:
        return None


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, moment.real_now().tzinfo)
    except FileNotFoundError:
        return moment.real_now()
