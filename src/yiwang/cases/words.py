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
