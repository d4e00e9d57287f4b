"""What was last worked out, so that a page need not ask the lake."""

from __future__ import annotations

from django.db import models

from yiwang.kernel.ids import new_id


class Measured(models.Model):
    """The measures of all bundles and items as of a moment; `until_position` says how far the log
    was read. `measures` is a list of what `measure.Measure` holds."""

    id = models.UUIDField(primary_key=True, default=new_id)
    measured_at = models.DateTimeField(unique=True)
    since = models.DateField()
    until = models.DateField()
    until_position = models.BigIntegerField()
    measures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"
