"""Files of a dataset: written whole, listed in the transaction of whoever writes them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import polars as pl
from django.conf import settings

from yiwang.kernel.ids import new_id
from yiwang.lake.models import Part


def root() -> Path:
    """The folder below which every file lies."""
    return Path(settings.LAKE_ROOT)


def listed(dataset: str) -> list[Part]:
    """The files of a dataset, in the order of what they cover."""
    return list(Part.objects.filter(dataset=dataset).order_by("first"))


def last_position(dataset: str) -> int:
    """The last position a dataset covers, -1 for none."""
    last = Part.objects.filter(dataset=dataset).order_by("-last").values_list("last", flat=True)
    return last.first() if last else -1  # type: ignore[return-value]


def add(dataset: str, rows: pl.DataFrame, *, first: int, last: int) -> Part:
    """Write rows as one file and list it. The file is on disk before it is listed; if the
    transaction fails it belongs to nobody and `sweep` removes it."""
    folder = root() / dataset
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{first:012}-{last:012}-{new_id().hex[-8:]}.parquet"
    aside = folder / f".{name}"
    rows.write_parquet(aside, compression="zstd")
    with aside.open("rb") as written:
        os.fsync(written.fileno())
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    aside.rename(folder / name)
    return Part.objects.create(
        dataset=dataset, first=first, last=last, rows=rows.height,
        path=f"{dataset}/{name}", sha256=sha256,
    )  # fmt: skip


def read(parts: list[Part]) -> pl.DataFrame:
    """The rows of these files."""
    return pl.concat([pl.read_parquet(root() / part.path) for part in parts])
