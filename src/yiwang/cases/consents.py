"""Who has to agree to a matter, to which text, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from yiwang.cases.models import Case, Consent, Task
from yiwang.cases.states import Progress, State, Verb
from yiwang.identity.queries import agents_of, firms_of
from yiwang.kernel import moment
from yiwang.kernel.days import WorkCalendar
from yiwang.pack.declaration import Limit

Said = Consent.Said


@dataclass(frozen=True)
class Signer:
    """Someone who has to agree before an item begins: a person, or whoever acts for a firm.

    `digest` is of the text they agree to; `within` how long they have; `returns` whether a no
    sends the whole back to the applicant.
    """

    person: UUID | None
    organisation: UUID | None
    digest: str
    within: Limit | None = None
    returns: bool = False

    @property
    def who(self) -> UUID:
        """The person's id, or the organisation's."""
        found = self.person or self.organisation
        assert found is not None
        return found


def asked_of(person: UUID) -> Q:
    """Tasks and consents asked of a person, or of a firm they may act for."""
    found = Q(person=person)
    for firm, scope in firms_of(person):
        named = Q(organisation=firm)
        found |= named & (Q(root__what__in=scope)) if scope else named
    return found


def consents_for(root: Case, person: UUID) -> list[Consent]:
    """What a root asks of this person (or of firms they act for) and they have not answered."""
    return list(Consent.objects.filter(asked_of(person), root=root, said=Said.ASKED))


def last_said(root: Case) -> dict[UUID, Consent]:
    """What each party last said, by the person's or the organisation's id."""
    rows = Consent.objects.filter(root=root).exclude(said=Said.DROPPED).order_by("asked_at", "id")
    return {row.person_id or row.organisation_id: row for row in rows}  # type: ignore[misc]


def ask_all(
    root: Case, signers: Iterable[Signer], on: date, calendar: WorkCalendar
) -> list[Consent]:
    """Ask these for their consent; who is asked for the same text already is not asked twice."""
    asked = {row.person_id or row.organisation_id: row for row in Consent.objects.filter(
        root=root, said=Said.ASKED)}  # fmt: skip
    fresh = []
    for signer in {one.who: one for one in signers}.values():
        standing = asked.get(signer.who)
        if standing is not None and standing.digest == signer.digest:
            continue
        if standing is not None:
            Consent.objects.filter(pk=standing.pk).update(said=Said.DROPPED)
        fresh.append(_asked(root, signer, on, calendar))
    return Consent.objects.bulk_create(fresh)


def _asked(root: Case, signer: Signer, on: date, calendar: WorkCalendar) -> Consent:
    due = remind = None
    if signer.within is not None:
        due = calendar.after(on, signer.within.days, signer.within.count)
        remind = on + timedelta(days=max((due - on).days // 2, 1))
    return Consent(
        root=root, person_id=signer.person, organisation_id=signer.organisation,
        digest=signer.digest, returns=signer.returns, due_on=due, remind_on=remind,
    )  # fmt: skip


def tasks_of(consent: Consent) -> list[Task]:
    """The items of the root that wait for this consent."""
    rows = Task.objects.select_related("case").filter(
        case__root=consent.root_id, verb=Verb.CONFIRM, state=Progress.OPEN,
        person=consent.person_id, organisation=consent.organisation_id,
    )  # fmt: skip
    return list(rows)


def nothing_begun(root: Case) -> bool:
    """Whether every item of a root still waits, so that it can go back as a whole."""
    items = [root] if root.kind == "service" else list(root.children.all())
    return all(State(one.state) == State.WAITING for one in items)


def addressed(consent: Consent) -> list[UUID]:
    """Who is told of a consent that is asked: the person, or who acts for the firm first."""
    if consent.person_id is not None:
        return [consent.person_id]
    assert consent.organisation_id is not None
    return agents_of(consent.organisation_id, consent.root.what)[:1]


def drop_unneeded(root: Case) -> list[Consent]:
    """Let go of what is asked and no item waits for any more."""
    dropped = [
        row for row in Consent.objects.filter(root=root, said=Said.ASKED) if not tasks_of(row)
    ]
    Consent.objects.filter(pk__in=[row.pk for row in dropped]).update(said=Said.DROPPED)
    return dropped


def due_consents() -> tuple[list[UUID], list[UUID]]:
    """Consents to remind of today, and those whose day has passed."""
    today = moment.today()
    asked = Consent.objects.filter(said=Said.ASKED, due_on__isnull=False)
    late = asked.filter(due_on__lt=today).values_list("pk", flat=True)
    soon = asked.filter(due_on__gte=today, remind_on__lte=today).values_list("pk", flat=True)
    return list(soon), list(late)
