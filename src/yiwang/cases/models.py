"""Cases and what they are made of."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yiwang.cases.states import Outcome, Progress, Reviewed, Stance, State, Verb
from yiwang.identity.queries import acts_for_firm, firms_of
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
    -- One's own root case (or a firm's, to be looked at once more) by its number, kept from
    -- everybody else until the transaction ends.
    SELECT * FROM cases_case
    WHERE number = %(number)s AND parent_id IS NULL
        AND (organisation_id IS NOT NULL OR applicant_id = %(person)s) FOR UPDATE
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

    def locked_own_root(self, number: str, person: UUID) -> Case:
        """The root case with this number, held as `locked_root` does, if it is this person's own
        or that of a firm they act for."""
        case = _locked(LOCKED_OWN, {"number": number, "person": person})
        if case.organisation_id is not None and not case.is_of(person):
            raise NotFound(NO_SUCH_CASE)
        return case

    def of_person(self, person: UUID) -> CaseQuery:
        """Root cases of this person, and of the firms they act for, the newest first."""
        own = Q(applicant=person, organisation=None)
        for firm, scope in firms_of(person):
            own |= Q(organisation=firm, what__in=scope) if scope else Q(organisation=firm)
        return self.filter(own, parent=None).order_by("-created_at")


class Case(models.Model):
    """One matter. A bundle is a root with one child per item; a root's `root` is itself.

    `what` is the id of the service or bundle, read from the pack version `pack`. `applicant` is
    who acts, `organisation` the firm they act for: whoever may act for it today has the matter.
    `role` and `index` say for which party instance an item's case is (the second twin).
    `waits_for` are sibling cases whose output this one needs.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16)
    what = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="tree")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    applicant = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "identity.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
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
            models.Index(
                fields=["organisation", "-created_at"],
                condition=Q(organisation__isnull=False),
                name="case_of_organisation",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_root(self) -> bool:
        """Whether this case stands at the top."""
        return self.parent_id is None

    def is_of(self, person: UUID) -> bool:
        """Whether the matter is this person's: their own, or of a firm they may act for today."""
        if self.organisation_id is None:
            return self.applicant_id == person
        return acts_for_firm(person, self.organisation_id, self.root.what)

    @property
    def applies(self) -> list[UUID]:
        """Whom the matter is of, as acts name them: who acts, and the firm."""
        return [one for one in (self.applicant_id, self.organisation_id) if one]


class PartyRow(models.Model):
    """Who plays a role in a root case, a person or an organisation. `exists` None: not known yet.

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
    organisation = models.ForeignKey(
        "identity.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
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


class Consent(models.Model):
    """What a party of a matter was asked to agree to, and what they said: a person, or whoever
    acts for an organisation.

    `digest` is of the text they are shown; a consent holds for that text and no other.
    `returns`: a no (or silence after `due_on`) sends the whole back to the applicant as long as
    nothing has begun. `by` is who answered.
    """

    class Said(models.TextChoices):
        ASKED = "asked"
        AGREED = "agreed"
        DECLINED = "declined"
        SILENT = "silent"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "identity.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64)
    returns = models.BooleanField(default=False)
    said = models.CharField(max_length=10, choices=Said.choices, default=Said.ASKED)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=moment.now)
    due_on = models.DateField(null=True)
    remind_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    by = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["due_on"], condition=Q(said="asked"), name="consent_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=["root", "person", "organisation"],
                condition=Q(said="asked"),
                nulls_distinct=False,
                name="consent_asked_once",
            ),
            models.CheckConstraint(
                name="consent_of_one",
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
            ),
        )


class Task(models.Model):
    """Something one department, one member of staff, one person or a firm has to do on a case."""

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
    organisation = models.ForeignKey(
        "identity.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
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
            models.Index(
                fields=["organisation"],
                condition=Q(organisation__isnull=False),
                name="task_of_organisation",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "verb", "person", "organisation"],
                condition=Q(state__in=["open", "claimed"]),
                nulls_distinct=False,
                name="task_open_once",
            ),
        )


class Approval(models.Model):
    """A grant a member of staff decided on, to be given once everything is paid.

    `fills` are the values stated with it, as typed.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE)
    staff = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="+")
    fills = models.JSONField(default=dict)
    reasons = models.TextField(blank=True)
    at = models.DateTimeField(default=moment.now)


class Clock(models.Model):
    """A limit that runs on a case, in days of the city's calendar.

    While the person is being waited for it stands still: `left` keeps what remained. `extended`
    are the days it was made longer by, once.
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
    extended = models.SmallIntegerField(default=0, db_default=0)
    extended_on = models.DateField(null=True)

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


class Erasure(models.Model):
    """A request to erase what a finished matter holds: asked by one, answered by another.

    `basis` and `reasons` are kept, so nobody's data belongs in them. An operator at the machine is
    named like a member of staff: by kind and id.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        DONE = "done"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasures")
    basis = models.TextField()
    reasons = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by_kind = models.CharField(max_length=12)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=moment.now)
    answered_by_kind = models.CharField(max_length=12, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["root"], condition=Q(state="asked"), name="erasure_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.root_id}"


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


class Review(models.Model):
    """A joint review (联合评审) of some items of a root: departments meet once instead of asking
    the applicant one after the other, and decide knowing each other's opinions.

    `items` are the services whose decisions wait for it; `title` is {zh, en}.
    """

    root = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="review"
    )
    title = models.JSONField()
    items = ArrayField(models.CharField(max_length=64))
    basis = models.TextField(blank=True)
    due_on = models.DateField()
    meets_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    materials = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Reviewed.choices, blank=True)
    minutes = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)


class Opinion(models.Model):
    """What the department of one item says in a joint review, once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="opinions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    department = models.CharField(max_length=64)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=moment.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["review", "case"], name="opinion_once"),)
