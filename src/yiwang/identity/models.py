"""Who takes part: people, firms, staff, their accounts and mandates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id
from yiwang.ledger.statement import fetch


class Person(models.Model):
    """A human being some matter concerns. A newborn has no identity number yet."""

    id = models.UUIDField(primary_key=True, default=new_id)
    id_number = models.CharField(max_length=18, null=True, unique=True)
    name = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=moment.now)

    def __str__(self) -> str:
        return str(self.id)


class Organisation(models.Model):
    """A firm or other body, by its unified social credit code."""

    id = models.UUIDField(primary_key=True, default=new_id)
    credit_code = models.CharField(max_length=18, null=True, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=moment.now)

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """Someone who acts for a department. `roles` are ids of the pack's roles."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=20, unique=True)
    department = models.CharField(max_length=64)
    roles = ArrayField(models.CharField(max_length=64), default=list)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = (models.Index(fields=["department"], name="staff_of_department"),)

    def __str__(self) -> str:
        return self.name


WITH_OWNER = """
    -- An account with the person or member of staff it belongs to.
    SELECT account.*, person.*, staff.* FROM identity_account AS account
    LEFT JOIN identity_person AS person ON person.id = account.person_id
    LEFT JOIN identity_staff AS staff ON staff.id = account.staff_id
    WHERE account.id = %(id)s
"""


class Accounts(BaseUserManager["Account"]):
    """How accounts are found by the sign-in machinery."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """Accounts with whom they belong to, in one query: every page asks both."""
        return super().get_queryset().select_related("person", "staff")

    def get(self, *args: Any, **kwargs: Any) -> Account:
        """The one account; by its key alone, which every page asks, by a prepared statement."""
        if args or set(kwargs) != {"pk"}:
            return super().get(*args, **kwargs)
        found = fetch(WITH_OWNER, {"id": kwargs["pk"]}, Account, Person, Staff)
        if found is None:
            raise Account.DoesNotExist
        account, account.person, account.staff = found[0], found[1], found[2]
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this user name."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A way to sign in: either a person's or a member of staff's, never both.

    `assurance` is how sure we are who it is: 1 password, 2 checked against the population
    register, 3 shown in person or by a national identity. `language` is the one last spoken at
    sign-in; messages go out in it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT)
    staff = models.OneToOneField(Staff, null=True, on_delete=models.PROTECT)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    assurance = models.SmallIntegerField(default=2)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh-hans")  # in which messages are sent
    demo = models.BooleanField(default=False)
    story = models.JSONField(default=dict)  # demo only: what this sign-in shows, {zh, en}

    USERNAME_FIELD = "username"
    objects = Accounts()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="account_is_of_one",
                condition=Q(person__isnull=True) ^ Q(staff__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Mandates(models.QuerySet["Mandate"]):
    """Mandates, and which of them hold."""

    def holding(self, on: date) -> Mandates:
        """Those begun, not run out and not ended on this day (`until` is the last day)."""
        begun = Q(since__lte=on, ended_at__isnull=True)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gte=on))

    def in_scope(self, service: str) -> Mandates:
        """Those that reach this item: its id is named, or nothing is."""
        return self.filter(Q(scope=[]) | Q(scope__contains=[service]))


class Mandate(models.Model):
    """`agent` may act for a person or an organisation in the items `scope` names."""

    class Ground(models.TextChoices):
        GUARDIAN = "guardian"
        LEGAL_REPRESENTATIVE = "legal-representative"
        AGENT = "agent"

    id = models.UUIDField(primary_key=True, default=new_id)
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="represented_by"
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    ground = models.CharField(max_length=24, choices=Ground.choices)
    scope = ArrayField(models.CharField(max_length=64), default=list)  # empty: every item
    since = models.DateField()
    until = models.DateField(null=True)
    basis = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    objects = Mandates.as_manager()

    class Meta:
        indexes = (models.Index(fields=["agent"], name="mandate_of_agent"),)
        constraints = (
            models.CheckConstraint(
                name="mandate_for_one",
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ground} {self.id}"


class Tries(models.Model):
    """How often a door was tried since `since`. `key` is a keyed hash: it names no one."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
