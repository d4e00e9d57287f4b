"""Rows: every version of the pack that was ever loaded, and which of them is live."""

from __future__ import annotations

from django.db import models


class PackVersion(models.Model):
    """A pack as it was loaded, for good: cases pin it by its hash.

    `content` is the JSON whose SHA-256 is `hash`, compressed by zlib; `source` tells the folder.
    """

    hash = models.CharField(primary_key=True, max_length=64)
    city = models.CharField(max_length=64)
    schema_version = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    loaded_at = models.DateTimeField()
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.city} {self.hash[:12]}"


class CurrentPack(models.Model):
    """The one row that says which version is live."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT)
    since = models.DateTimeField()
    layers = models.JSONField(default=list)
    """The folders it was loaded over, the nearest first: read again when the city changes."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="pack_one_is_live")]

    def __str__(self) -> str:
        return f"{self.version_id} since {self.since:%Y-%m-%d}"
