"""What is owed, what was begun at a gateway, what a gateway told, what goes back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.payments.states import Answer, BillState, OrderState


class Bill(models.Model):
    """One thing one person owes for one case, to one department, on one law; in yuan and fen.

    `charge` is the name under which the kind of case knows it. `title`, `basis` and `matter` are
    kept as they were said: `{zh, en}`. `receipt` is the receipt's number once it is paid.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=40, unique=True)
    root = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    charge = models.CharField(max_length=64)
    title = models.JSONField()
    matter = models.JSONField()
    basis = models.JSONField()
    department = models.CharField(max_length=64)
    payer = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    state = models.CharField(max_length=10, choices=BillState.choices, default=BillState.DUE)
    opened_at = models.DateTimeField(default=moment.now)
    paid_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        indexes = (
            models.Index(fields=["payer", "-opened_at"], name="bill_of_payer"),
            models.Index(fields=["case"], name="bill_of_case"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "charge"],
                condition=Q(state__in=["due", "paid"]),
                name="bill_once",
            ),
            models.CheckConstraint(name="bill_above_zero", condition=Q(amount__gt=0)),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def words(self) -> Text:
        """What is paid for."""
        return Text(**self.title)

    @property
    def law(self) -> Text:
        """The law it rests on."""
        return Text(**self.basis)

    @property
    def matter_words(self) -> Text:
        """What matter it is for."""
        return Text(**self.matter)


class Order(models.Model):
    """One try to pay a bill at a gateway. `trade` is the gateway's own number of the payment."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=48, unique=True)
    gateway = models.CharField(max_length=32)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.BEGUN)
    begun_at = models.DateTimeField(default=moment.now)
    expires_at = models.DateTimeField()
    trade = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["bill"], condition=Q(state="begun"), name="order_begun_once"
            ),
            models.UniqueConstraint(
                fields=["bill"], condition=Q(state="paid"), name="order_paid_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class Notification(models.Model):
    """What a gateway (or somebody pretending to be one) told, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    gateway = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    order_number = models.CharField(max_length=48, blank=True)
    trade = models.CharField(max_length=64, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    answer = models.CharField(max_length=16, choices=Answer.choices)
    at = models.DateTimeField(default=moment.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["gateway", "digest", "answer"], name="notification_once"
            ),
        )


class Refund(models.Model):
    """Money that goes back the way it came. `because` says why; `trade` is the gateway's number."""

    class Because(models.TextChoices):
        NOT_GRANTED = "not-granted"
        TWICE = "twice"
        LATE = "late"
        WRONG_AMOUNT = "wrong-amount"

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="refund")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    because = models.CharField(max_length=16, choices=Because.choices)
    asked_at = models.DateTimeField(default=moment.now)
    done_at = models.DateTimeField(null=True)
    trade = models.CharField(max_length=64, blank=True)
