"""Licences that were issued."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q

from yiwang.kernel.canonical import digest
from yiwang.kernel.ids import new_id


class Licences(models.QuerySet["Licence"]):
    """Licences by what they still are worth."""

    def valid(self, on: date) -> Licences:
        """Those that hold on this day."""
        unended = Q(until__isnull=True) | Q(until__gte=on)
        return self.filter(unended, state=Licence.State.VALID, issued_on__lte=on)


class Licence(models.Model):
    """A licence: of a person or an organisation, with what it states (element ids to JSON).

    `until` is its last day, null for good. `case` is null for licences taken over from before.
    `act` is the act that issued it (or took it over), `pack` the version its kind was read from.
    """

    class State(models.TextChoices):
        VALID = "valid"
        SUSPENDED = "suspended"
        REVOKED = "revoked"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    holder = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "identity.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    fields = models.JSONField()
    issued_on = models.DateField()
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.VALID)
    case = models.UUIDField(null=True)
    root = models.UUIDField(null=True)
    pack = models.CharField(max_length=64, blank=True)
    act = models.UUIDField()

    objects = Licences.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "number"], name="licence_number"),
            models.UniqueConstraint(fields=["case", "kind"], name="licence_once_per_case"),
            models.CheckConstraint(
                name="licence_has_one_holder",
                condition=Q(holder__isnull=True) ^ Q(organisation__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def told(self) -> str:
        """What acts tell of it as it stands: a digest."""
        return digest(
            {
                "id": self.id,
                "kind": self.kind,
                "number": self.number,
                "held_by": self.held_by,
                "fields": self.fields,
                "issued_on": self.issued_on,
                "until": self.until,
                "state": str(self.state),
            }
        )

    @property
    def held_by(self) -> UUID:
        """The id of the person or organisation that holds it."""
        return self.holder_id or self.organisation_id  # type: ignore[return-value]

    def standing(self, on: date) -> str:
        """`valid`, `suspended`, `revoked`, or `expired` after its last day."""
        past = self.until is not None and self.until < on
        return "expired" if past and self.state == self.State.VALID else str(self.state)
