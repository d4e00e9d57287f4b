"""The one write of this room: making a pack live."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, Change, record
from yiwang.pack import queries
from yiwang.pack.content import SCHEMA_VERSION, pack_bytes
from yiwang.pack.declaration import KINDS, Problem
from yiwang.pack.errors import OtherCity, PackFaulty
from yiwang.pack.loader import read
from yiwang.pack.models import CurrentPack, PackVersion
from yiwang.pack.pack import Pack

_LOCK = 0x7061636B  # "pack": one load at a time, also before there is a row to lock


@dataclass(frozen=True)
class Loading:
    """What came of loading: the version now live, whether it is another, and its findings."""

    hash: str
    changed: bool
    problems: tuple[Problem, ...]


def load(folder: Path, *, by: Actor, over: Sequence[Path] | None = None) -> Loading:
    """Read a folder and make it the live pack everywhere, within a second, without restart.

    `over` names the layers it lies over, the nearest first; None keeps those of the live pack. The
    same content again changes and records nothing. Raises PackFaulty where it has errors and
    OtherCity where another city is live; nothing is changed then.
    """
    layers = queries.layers() if over is None else [one.resolve() for one in over]
    loaded = read(folder, layers, whole=True)
    if loaded.pack is None:
        raise PackFaulty(loaded.problems)
    changed = _switch(loaded.pack, source=folder.resolve().name, layers=layers, by=by)
    queries.forget()
    return Loading(loaded.pack.hash, changed, loaded.problems)


@transaction.atomic
def _switch(pack: Pack, *, source: str, layers: Sequence[Path], by: Actor) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    live = CurrentPack.objects.select_related("version").first()
    named = [str(one) for one in layers]
    if live is not None and live.version_id == pack.hash:
        CurrentPack.objects.exclude(layers=named).update(layers=named)
        return False
    city = _city(pack)
    if live is not None and live.version.city != city:
        raise OtherCity(live.version.city, city)
    _store(pack, city=city, source=source)
    CurrentPack.objects.update_or_create(
        id=1, defaults={"version_id": pack.hash, "since": moment.now(), "layers": named}
    )
    before = live.version_id if live is not None else None
    record(
        "pack.loaded",
        by=by,
        changes=[Change.of("pack_currentpack", 1, before=before, after=pack.hash)],
        body={
            "version": pack.hash,
            "before": before or "",
            "city": city,
            "source": source,
            "layers": [one.name for one in layers],
        },
    )
    transaction.on_commit(queries.forget)
    return True


def _store(pack: Pack, *, city: str, source: str) -> None:
    PackVersion.objects.get_or_create(
        hash=pack.hash,
        defaults={
            "city": city,
            "schema_version": SCHEMA_VERSION,
            "content": zlib.compress(pack_bytes(pack), 6),
            "loaded_at": moment.now(),
            "source": source[:300],
        },
    )


def _city(pack: Pack) -> str:
    """The id of what a pack has exactly one of: the city."""
    return next(
        (id for name, kind in KINDS.items() if kind.single for id in pack.of_kind(name)), ""
    )
