"""Rows of registers, readings of them, and how their sources fare."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id


def _salt() -> str:
    return secrets.token_hex(16)


class Row(models.Model):
    """One row of a register that lies here. `values` maps columns to JSON values.

    `since` is the moment as of which the row holds. `salt` enters the digests in acts, so that
    they cannot be guessed from the few values a column may have.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    register = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    values = models.JSONField()
    since = models.DateTimeField(default=moment.now)
    updated_at = models.DateTimeField(default=moment.now)
    salt = models.CharField(max_length=32, default=_salt)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["register", "key"], name="row_of_register"),)
        indexes = (GinIndex(fields=["values"], name="row_values", opclasses=["jsonb_path_ops"]),)

    def __str__(self) -> str:
        return f"{self.register} {self.id}"

    def told(self, values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What acts tell of it with these values: nothing without its salt."""
        return None if values is None else {"salt": self.salt, "values": values}


class Reading(models.Model):
    """One ask at the gate: what was asked, for what, on which law, and what came of it.

    `by` maps columns to the values by which rows are found; `columns` is what was asked for,
    `granted` maps those that could be read to the departments that may see them. `rows` stands
    only between a late answer and its taking up. `act` is the act of asking (`register.read`,
    `register.asked`, `register.failed`), null where no data could move: nothing granted, or a
    key that cannot be in the register. `given` are the grants given on request without which
    less would have been open. `stands` is False once the value it was asked
    by has changed: the same may be asked again.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ANSWERED = "answered"
        NONE = "none"
        FAILED = "failed"
        DENIED = "denied"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.UUIDField()
    case = models.UUIDField()
    register = models.CharField(max_length=64)
    by = models.JSONField(default=dict)
    columns = ArrayField(models.CharField(max_length=64))
    granted = models.JSONField(default=dict)
    purpose = models.CharField(max_length=200)
    basis = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    as_of = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    error = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(null=True)
    act = models.UUIDField(null=True)
    stands = models.BooleanField(default=True)
    given = ArrayField(models.UUIDField(), default=list, db_default=[])

    class Meta:
        indexes = (
            models.Index(fields=["root", "asked_at"], name="reading_of_root"),
            models.Index(fields=["act"], name="reading_of_act"),
            models.Index(fields=["register", "asked_at"], name="reading_of_register"),
        )

    def __str__(self) -> str:
        return f"{self.register} {self.state} {self.id}"


class GivenGrant(models.Model):
    """A grant given on request, beside those the pack declares: the gate honours it from `since` to
    `until`, for these items only, so many reads a day, until it is withdrawn.

    `law` is {zh, en}. `request` is what it was asked with.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    register = models.CharField(max_length=64)
    department = models.CharField(max_length=64)
    columns = ArrayField(models.CharField(max_length=64))
    services = ArrayField(models.CharField(max_length=64))
    purpose = models.TextField()
    law = models.JSONField()
    article = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField()
    a_day = models.IntegerField()
    request = models.UUIDField(null=True)
    given_at = models.DateTimeField(default=moment.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["register"], condition=models.Q(withdrawn_at=None), name="grant_standing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.register} {self.department} {self.id}"


class Quality(models.Model):
    """What was last counted of a register that lies here: rows, how many have each column filled,
    when a row last changed. Nobody's values."""

    register = models.CharField(max_length=64, primary_key=True)
    rows = models.IntegerField()
    filled = models.JSONField()
    newest = models.DateTimeField(null=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register} {self.rows}"


class BulkRead(models.Model):
    """One read of a whole register: who was in it stands blinded in a file (`crowd`).

    `act` is `register.read_all`, `root` the Merkle root it holds, `key` what blinds the people of
    this read, under the city's master key. `basis` is {zh, en}.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    act = models.UUIDField()
    register = models.CharField(max_length=64)
    columns = ArrayField(models.CharField(max_length=64))
    department = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200)
    basis = models.JSONField()
    at = models.DateTimeField()
    people = models.IntegerField()
    root = models.BinaryField()
    key = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["-at"], name="bulk_read_at"),)

    def __str__(self) -> str:
        return f"{self.register} {self.people} {self.id}"


class Breaker(models.Model):
    """How the source of a register fares: after failures in a row it is left alone for a while."""

    register = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    open_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.register} {self.failures}"
