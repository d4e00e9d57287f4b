"""One row for each document; its bytes lie encrypted in the files folder."""

from __future__ import annotations

from django.db import models

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id


class Document(models.Model):
    """A file handed in for a root case. `size` and `sha256` are of the plain bytes.

    `stored` is its path under the files folder; empty once erased. `by_kind` and `by_id` say who
    handed it in, `party` whose it is, in the words of the case.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.UUIDField()
    party = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=64)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64)
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=64)
    at = models.DateTimeField(default=moment.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["root", "at"], name="document_of_root"),)

    def __str__(self) -> str:
        return str(self.id)
