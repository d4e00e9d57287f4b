"""Rows of the ledger: inserted, never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class RootKey(models.Model):
    """The key under which bodies and documents of one root case are encrypted.

    `wrapped` is nonce (12 bytes) + AES-256-GCM under the city's master key. Erasing the row makes
    every body of that root unreadable everywhere; digests and proofs stay.
    """

    root = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()


class Act(models.Model):
    """One use of power. `digest` is what gets sealed: SHA-256 over the canonical plain parts,
    the salted digests of the subjects and of the body."""

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
