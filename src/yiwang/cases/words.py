"""What people are told of each step, in both languages."""

from __future__ import annotations

from uuid import UUID

from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.kernel.words import Text
from yiwang.notices.actions import tell


def tell_applicant(case: Case, subject: Text, text: Text, *, urgent: bool = False) -> None:
    """Tell the applicant of a step; `{title}` and `{number}` are filled in."""
    tell_person(case.applicant_id, case, subject, text, urgent=urgent)


def tell_person(
    person: UUID, case: Case, subject: Text, text: Text, *, urgent: bool = False
) -> None:
    """Tell one person of a step of a case."""
    values = {"title": procedure_of(case).title(case), "number": case.number}
    tell(
        person,
        text.filled(**values),
        subject=subject.filled(**values),
        case=case.root_id,
        link=f"/my/matters/{case.root.number}/",
        urgent=urgent,
    )


def told(zh: str, en: str) -> Text:
    """A text in both languages, shortly written."""
    return Text(zh=zh, en=en)


MORE_ASKED = told(
    "办理「{title}」（{number}）还需要您补充材料或信息。办理时限已暂停，您补好后继续计算。",
    "To go on with “{title}” ({number}) we need something more from you. The time limit "
    "stands still until you have given it.",
)


def not_accepted_words(reasons: str, appeal: Text) -> Text:
    """What an applicant reads of a refusal to accept; `{title}` and `{number}` stay open."""
    return told(
        "您申请的「{title}」（{number}）不予受理。理由：{reasons} {appeal}",
        "Your application “{title}” ({number}) could not be accepted. Reasons: {reasons} {appeal}",
    ).filled(title="{title}", number="{number}", reasons=_safe(reasons), appeal=appeal)


def refused_words(basis: Text | str, reasons: str, appeal: Text) -> Text:
    """What an applicant reads of a refusal; `{title}` and `{number}` stay open."""
    return told(
        "「{title}」（{number}）没有通过。依据：{basis}。理由：{reasons} {appeal}",
        "“{title}” ({number}) was refused. Rule: {basis}. Reasons: {reasons} {appeal}",
    ).filled(
        title="{title}", number="{number}", basis=_in_both(basis), reasons=_safe(reasons),
        appeal=appeal,
    )  # fmt: skip


def in_chinese(basis: Text | str) -> str:
    """A basis as the ledger keeps it: in the language of the law, whoever acts."""
    return basis.zh if isinstance(basis, Text) else basis


def _in_both(basis: Text | str) -> Text:
    both = basis if isinstance(basis, Text) else Text(zh=basis, en=basis)
    return Text(zh=_safe(both.zh), en=_safe(both.en))


def _safe(words: str) -> str:
    """Words of a person inside a pattern that is filled once more."""
    return words.replace("{", "{{").replace("}", "}}")
