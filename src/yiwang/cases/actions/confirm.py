"""Parties agree by their own sign-in, or do not; silence is told, reminded, and ends too."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yiwang.cases.actions.send_back import send_back
from yiwang.cases.consents import Said, addressed, asked_of, nothing_begun, tasks_of
from yiwang.cases.ending import end
from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Consent, PartyRow
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Outcome, Progress, State, Verb
from yiwang.cases.tasks import finish, locked_case, resume_clocks
from yiwang.cases.words import NOT_CONFIRMED, REMINDER, SILENT, tell_applicant, tell_person, told
from yiwang.identity.queries import names_of
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record

LAPSE = Actor("job", "cases.sweep_consents")


@transaction.atomic
def confirm(root_id: UUID, *, person: UUID, by: Actor) -> Case:
    """`person` agrees to their part (or their firm's) in every item that waits for them.

    The act keeps the digest of the text agreed to."""
    root = locked_case(root_id).root
    for consent in _open(root, person):
        _answered(consent, Said.AGREED, person=person)
        rows = PartyRow.objects.filter(root=root).exclude(tied=PartyRow.Tied.APPLICANT)
        rows.filter(person=consent.person_id, organisation=consent.organisation_id).update(
            tied=PartyRow.Tied.CONFIRMED
        )
        record(
            "case.confirmed", by=by, about=_about(consent, person), case=root.id,
            body={"digest": consent.digest},
        )  # fmt: skip
        for task in tasks_of(consent):
            finish(task, by)
    if not root.tree.filter(tasks__verb=Verb.CONFIRM, tasks__state=Progress.OPEN).exists():
        resume_clocks(root)
    procedure_of(root).go_on(root, by=by)
    return root


@transaction.atomic
def decline(root_id: UUID, *, person: UUID, words: str, by: Actor) -> Case:
    """`person` does not agree: the whole goes back to the applicant where it is so declared and
    nothing has begun; else the items that needed them end, the others stand."""
    root = locked_case(root_id).root
    for consent in _open(root, person):
        _answered(consent, Said.DECLINED, person=person, words=words)
        record(
            "case.declined", by=by, about=_about(consent, person), case=root.id,
            body={"words": words, "digest": consent.digest},
        )  # fmt: skip
        _refused(root, consent, NOT_CONFIRMED, words=words, by=by)
    return root


@transaction.atomic
def lapse(consent_id: UUID) -> bool:
    """What was not answered by its day is a no without words; returns whether it was so."""
    found = Consent.objects.filter(pk=consent_id).values_list("root_id", flat=True).first()
    if found is None:
        return False
    root = locked_case(found).root
    consent = Consent.objects.get(pk=consent_id)
    if consent.said != Said.ASKED or consent.due_on is None or consent.due_on >= moment.today():
        return False
    consent.root = root
    _answered(consent, Said.SILENT)
    record("case.not_answered", by=LAPSE, about=_about(consent), case=root.id)
    _refused(root, consent, SILENT, words="", by=LAPSE)
    return True


@transaction.atomic
def remind(consent_id: UUID) -> bool:
    """Remind once on the way and once on the last day; returns whether anybody was."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("root").get(
        pk=consent_id
    )  # fmt: skip
    today, due = moment.today(), consent.due_on
    if consent.said != Said.ASKED or due is None or (consent.remind_on or due) > today:
        return False
    consent.remind_on = due if today < due else None
    if consent.remind_on is None:
        consent.remind_on = date.max
    consent.save(update_fields=["remind_on"])
    text = told(REMINDER.zh, REMINDER.en).filled(
        title="{title}", number="{number}", due=f"{due.isoformat()}"
    )
    for person in addressed(consent):
        tell_person(
            person, consent.root, told("请尽快确认：{title}", "Please answer soon: {title}"), text,
            link=f"/my/confirm/{consent.root.number}/",
        )  # fmt: skip
    record("case.reminded", by=LAPSE, about=_about(consent), case=consent.root_id)
    return True


def _open(root: Case, person: UUID) -> list[Consent]:
    found = list(Consent.objects.filter(asked_of(person), root=root, said=Said.ASKED))
    if not found:
        raise NoSuchCase()
    for consent in found:
        consent.root = root
    return found


def _answered(
    consent: Consent, said: Consent.Said, *, person: UUID | None = None, words: str = ""
) -> None:
    consent.said, consent.words, consent.by_id = said, words, person
    consent.answered_at = moment.now()
    consent.save(update_fields=["said", "words", "by", "answered_at"])


def _about(consent: Consent, person: UUID | None = None) -> list[UUID]:
    ids = (person, consent.person_id, consent.organisation_id, *consent.root.applies)
    return list(dict.fromkeys(one for one in ids if one is not None))


def _refused(root: Case, consent: Consent, why: Text, *, words: str, by: Actor) -> None:
    """What follows from a no."""
    if root.state == State.DRAFT:
        return  # another's no sent it back already
    who = consent.person_id or consent.organisation_id
    name = names_of([who]).get(who, "") if who else ""
    if consent.returns and nothing_begun(root):
        send_back(root, name=name, why=why, words=words, by=by)
        return
    for task in tasks_of(consent):
        finish(task, by, words)
        case = Case.objects.get(pk=task.case_id)
        case.root = root
        if case.state == State.WAITING:
            end(case, State.WITHDRAWN, Outcome.WITHDRAWN, by=by)
            tell_applicant(
                case,
                told("对方未确认：{title}", "Not confirmed: {title}"),
                told(
                    "「{title}」需要对方本人确认，对方没有同意，这一项已停办。其他事项不受影响。",
                    "“{title}” needed the other person's own consent, which was not given. This "
                    "item has ended; the others go on.",
                ),
                urgent=True,
            )
