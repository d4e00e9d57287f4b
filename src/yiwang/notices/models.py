"""Messages, their deliveries, and codes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text


class Message(models.Model):
    """What someone is told. `recipient` is the id of a person or of a member of staff.

    `subject` and `text` are ready to read, in both languages: {zh, en}. `link` is a path of ours.
    A message that carries a code has `{code}` in its text: the code itself is stored nowhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    recipient = models.UUIDField()
    subject = models.JSONField()
    text = models.JSONField()
    case = models.UUIDField(null=True)
    act = models.UUIDField(null=True)
    link = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(default=False)
    code = models.ForeignKey("notices.Code", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=moment.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["recipient", "-created_at"], name="message_of_recipient"),
            models.Index(
                fields=["recipient"], name="message_unread", condition=Q(read_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def title(self) -> Text:
        """The subject in both languages."""
        return Text(**self.subject)


class Delivery(models.Model):
    """One message on its way through one channel. `to` is masked: who reads it learns no number."""

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    to = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "channel"], name="delivered_once"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Code(models.Model):
    """A one-time code bound to what is being signed. Only a keyed hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.UUIDField()
    purpose = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=moment.now)
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-created_at"], name="code_of_person"),)

    def __str__(self) -> str:
        return str(self.id)
