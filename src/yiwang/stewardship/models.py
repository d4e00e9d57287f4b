"""What people ask about their data, and what they are answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id


class Concern(models.Model):
    """A person's question about one reading of data, and the department's answer.

    `person` asks, `subject` is whose data it is (a ward's or a firm's too), `act` the act of
    reading. `department` has to answer by `due_on`; from `escalated_at` on its head sees to it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the answer")
        ANSWERED = "answered", _("Answered")

    class Outcome(models.TextChoices):
        PROPER = "proper", _("The reading was in order")
        IMPROPER = "improper", _("It should not have been read")

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    act = models.UUIDField()
    department = models.CharField(max_length=64)
    register = models.CharField(max_length=64, blank=True)
    columns = ArrayField(models.CharField(max_length=64), default=list)
    reason = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(default=moment.now)
    due_on = models.DateField()
    escalated_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "identity.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "act", "department"],
                condition=Q(state="open"),
                name="concern_open_once",
            ),
        )
        indexes = (
            models.Index(fields=["department", "state", "due_on"], name="concern_of_department"),
            models.Index(fields=["person", "-asked_at"], name="concern_of_person"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="concern_due"),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it should have been answered by now."""
        return self.is_open and self.due_on < moment.today()


class AccessRequest(models.Model):
    """A department's request to read columns of another's register, and what the steward decided.

    `sharing` is the class by which its clock ran: unconditional, conditional, others. `columns`,
    `until` and `a_day` are what was asked for; what was granted stands in the grant.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the steward")
        GRANTED = "granted", _("All granted")
        PARTLY = "partly", _("Partly granted")
        REFUSED = "refused", _("Not granted")

    id = models.UUIDField(primary_key=True, default=new_id)
    register = models.CharField(max_length=64)
    steward = models.CharField(max_length=64)
    department = models.CharField(max_length=64)
    columns = ArrayField(models.CharField(max_length=64))
    services = ArrayField(models.CharField(max_length=64))
    purpose = models.TextField()
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100, blank=True)
    until = models.DateField()
    a_day = models.IntegerField()
    sharing = models.CharField(max_length=16)
    asked_by = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=moment.now)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "identity.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    grant = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["register", "department", "columns", "services"],
                condition=Q(state="open"),
                name="access_open_once",
            ),
        )
        indexes = (
            models.Index(fields=["steward", "state", "due_on"], name="access_of_steward"),
            models.Index(fields=["department", "-asked_at"], name="access_of_department"),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.register} {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether the steward has still to decide."""
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it should have been decided by now."""
        return self.is_open and self.due_on < moment.today()
