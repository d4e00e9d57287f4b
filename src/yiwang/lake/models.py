"""The list of files: what is not in it is not in the lake."""

from __future__ import annotations

from django.db import models

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id


class Part(models.Model):
    """One Parquet file of a dataset, with the positions of the log it covers, both included.

    `path` lies below the lake's folder; `sha256` is of the file's bytes.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    dataset = models.CharField(max_length=64)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    rows = models.BigIntegerField()
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=moment.real_now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dataset", "first"], name="part_begins_once"),
        )

    def __str__(self) -> str:
        return self.path
