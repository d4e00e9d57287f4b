"""Rows of the ledger: inserted, never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class RootKey(models.Model):
    """The key under which bodies and documents of one root case are encrypted.

    `wrapped` is nonce (12 bytes) + AES-256-GCM under the city's master key. Erasing empties it:
    every body of that root is unreadable everywhere from then on; digests and proofs stay.
    """

    root = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class Act(models.Model):
    """One use of power. `digest` is what gets sealed: SHA-256 over the canonical plain parts,
    the salted digests of the subjects and of the body (`body_digest`, which stays when the body's
    key was erased)."""

    id = models.UUIDField(primary_key=True)
    what = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=64)
    department = models.CharField(max_length=64, blank=True)
    case = models.UUIDField(null=True)
    root = models.UUIDField(null=True)
    subjects = ArrayField(models.UUIDField(), default=list)
    purpose = models.CharField(max_length=200, blank=True)
    basis = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    body = models.BinaryField(default=bytes)
    salt = models.BinaryField()
    body_digest = models.CharField(max_length=64)
    digest = models.BinaryField()
    demo = models.BooleanField(default=False)
    version = models.SmallIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["case", "at"], name="act_of_case"),
            models.Index(fields=["recorded_at"], name="act_recorded"),
            models.Index(fields=["root", "at"], name="act_of_root"),
            GinIndex(fields=["subjects"], name="act_about"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.id}"


class Position(models.Model):
    """Where an act stands in the log, from 0 without a gap. Given after commit."""

    position = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="place")


class Log(models.Model):
    """A log that was begun: its origin is the name it signs under. One at a time is open; another
    is begun only where this database fell behind what was published."""

    id = models.SmallAutoField(primary_key=True)
    origin = models.CharField(max_length=200, unique=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    succession = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_open_log",
            ),
        )

    def __str__(self) -> str:
        return self.origin


class Head(models.Model):
    """How far a log was hashed: moved by compare-and-set, before anything is signed."""

    log = models.OneToOneField(Log, primary_key=True, on_delete=models.PROTECT)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField()


class Tile(models.Model):
    """Up to 256 hashes of one level of a log's tree (C2SP tlog-tiles), 32 bytes each."""

    log = models.ForeignKey(
        Log, on_delete=models.PROTECT, related_name="tiles", db_index=False
    )  # the constraint below is the one index a tile is found by
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["log", "level", "index"], name="tile_once"),)


class Checkpoint(models.Model):
    """A head that was signed. `note` is what is published."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["log", "size"], name="checkpoint_once"),)


class LogKey(models.Model):
    """A key that signs checkpoints. `wrapped` is its secret under the city's master key; all that
    are not retired sign, so that a new one is known before the old one goes."""

    id = models.UUIDField(primary_key=True)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="keys")
    public = models.BinaryField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
