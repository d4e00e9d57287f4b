"""Cases and what they are made of."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yiwang.cases.states import Outcome, Progress, State, Verb
from yiwang.kernel import moment
from yiwang.kernel.errors import NotFound
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger.statement import fetch

NO_SUCH_CASE = Text(
    zh="没有找到这个办件。请核对办件号，或到「我的办件」里查看。",
    en="There is no such matter of yours. Check the number, or look under “My matters”.",
)


LOCKED_OWN = """
    -- One's own root case by its number, kept from everybody else until the transaction ends.
    SELECT * FROM cases_case
    WHERE number = %(number)s AND applicant_id = %(applicant)s AND parent_id IS NULL FOR UPDATE
"""


def _locked(statement: str, values: dict[str, Any]) -> Case:
    found = fetch(statement, values, Case)
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    case: Case = found[0]
    return case


class CaseQuery(models.QuerySet["Case"]):
    """How cases are found and locked."""

    def locked_root(self, root: UUID) -> Case:
        """The root case, held until the transaction ends: whatever changes a case locks this
        first, so that two branches that finish together cannot miss each other."""
        return _locked("SELECT * FROM cases_case WHERE id = %(id)s FOR UPDATE", {"id": root})

    def locked_own_root(self, number: str, applicant: UUID) -> Case:
        """The root case with this number, held as `locked_root` does, if it is this person's."""
        return _locked(LOCKED_OWN, {"number": number, "applicant": applicant})

    def of_person(self, person: UUID) -> CaseQuery:
        """Root cases this person applied for, the newest first."""
        return self.filter(applicant=person, parent=None).order_by("-created_at")


class Case(models.Model):
    """One matter. A bundle is a root with one child per item; a root's `root` is itself.

    `what` is the id of the service or bundle, read from the pack version `pack`. `role` and
    `index` say for which party instance an item's case is (the second twin). `waits_for` are
    sibling cases whose output this one needs.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16)
    what = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="tree")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    applicant = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    applicant_role = models.CharField(max_length=32, blank=True)
    department = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=32, blank=True)
    index = models.SmallIntegerField(default=0)
    round = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    waits_for = ArrayField(models.UUIDField(), default=list)
    key = models.CharField(max_length=64, null=True, unique=True)
    created_at = models.DateTimeField(default=moment.now)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    instant = models.BooleanField(default=False)
    by_rule = models.BooleanField(default=False)

    objects: ClassVar[CaseQuery] = CaseQuery.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(fields=["applicant", "-created_at"], name="case_of_applicant"),
            models.Index(fields=["department", "state"], name="case_of_department"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_root(self) -> bool:
        """Whether this case stands at the top."""
        return self.parent_id is None


class PartyRow(models.Model):
    """Who plays a role in a root case. `exists` None: not known yet.

    `tied` says what ties them: they applied, a register says so, the applicant stated it, or
    they confirmed it themselves.
    """

    class Tied(models.TextChoices):
        APPLICANT = "applicant"
        REGISTER = "register"
        STATED = "stated"
        CONFIRMED = "confirmed"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=32)
    index = models.SmallIntegerField(default=0)
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    exists = models.BooleanField(null=True)
    tied = models.CharField(max_length=12, choices=Tied.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["root", "role", "index"], name="party_once"),
        )


class Fact(models.Model):
    """What is known of a party instance, from where and as of when.

    `for_item` is the item a value was given anew for; empty: for all items of the root.
    """

    class Source(models.TextChoices):
        SIGN_IN = "sign-in"
        PERSON = "person"
        REGISTER = "register"
        LICENCE = "licence"
        CASE = "case"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    role = models.CharField(max_length=32)
    index = models.SmallIntegerField(default=0)
    element = models.CharField(max_length=64)
    for_item = models.CharField(max_length=64, blank=True)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.CharField(max_length=64, blank=True)
    as_of = models.DateTimeField()
    act = models.UUIDField(null=True)
    provisional = models.BooleanField(default=False)
    contested = models.BooleanField(default=False)
    claimed = models.JSONField(null=True)
    current = models.BooleanField(default=True)
    superseded_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=moment.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["root", "role", "index", "element", "for_item"],
                condition=Q(current=True),
                name="fact_once",
            ),
        )
        indexes = (models.Index(fields=["element", "value"], name="fact_by_value"),)


class Supplied(models.Model):
    """A document or licence given for a material of a party instance."""

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="supplied")
    material = models.CharField(max_length=64)
    role = models.CharField(max_length=32)
    index = models.SmallIntegerField(default=0)
    document = models.UUIDField(null=True)
    licence = models.UUIDField(null=True)
    current = models.BooleanField(default=True)
    given_at = models.DateTimeField(default=moment.now)


class Task(models.Model):
    """Something one department, one member of staff or one person has to do on a case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    round = models.SmallIntegerField(default=1)
    department = models.CharField(max_length=64, blank=True)
    assignee = models.ForeignKey(
        "identity.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=Progress.choices, default=Progress.OPEN)
    asks = models.JSONField(default=list)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=moment.now)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["department", "due_on", "id"],
                condition=Q(state__in=["open", "claimed"]),
                name="task_to_do",
            ),
            models.Index(
                fields=["assignee", "due_on"],
                condition=Q(state="claimed"),
                name="task_in_hand",
            ),
            models.Index(fields=["case"], name="task_of_case"),
            models.Index(
                fields=["done_by", "-done_at"], condition=~Q(done_by=""), name="task_done_by"
            ),
            models.Index(
                fields=["person"], condition=Q(person__isnull=False), name="task_of_person"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "verb"],
                condition=Q(state__in=["open", "claimed"]),
                name="task_open_once",
            ),
        )


class Clock(models.Model):
    """A limit that runs on a case, in days of the city's calendar.

    While the person is being waited for it stands still: `left` keeps what remained.
    """

    class Kind(models.TextChoices):
        STATUTORY = "statutory"
        PROMISED = "promised"
        JOINT = "joint"

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    days = models.SmallIntegerField()
    count = models.CharField(max_length=8)
    started_on = models.DateField()
    due_on = models.DateField()
    paused_on = models.DateField(null=True)
    left = models.SmallIntegerField(null=True)
    stopped_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "kind"], name="clock_once"),)


class Verdict(models.Model):
    """Why a case was decided as it was: enough to replay it years later.

    `facts` are the values the rules read, `conditions` each one's value, `calendar` the hash of
    the calendar that counted the days.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE)
    granted = models.BooleanField()
    pack = models.CharField(max_length=64)
    on = models.DateField()
    calendar = models.CharField(max_length=64)
    facts = models.JSONField()
    conditions = models.JSONField()
    fills = models.JSONField(default=dict)
    reasons = models.TextField(blank=True)
    basis = models.TextField(blank=True)


class Rating(models.Model):
    """What a person thought of one matter: 1 to 5, once."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE)
    stars = models.SmallIntegerField()
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=moment.now)

    class Meta:
        constraints = (
            models.CheckConstraint(name="stars_1_to_5", condition=Q(stars__range=(1, 5))),
        )
