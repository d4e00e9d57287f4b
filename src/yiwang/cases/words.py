"""What people are told of each step, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.cases.states import Reviewed
from yiwang.identity.queries import agents_of
from yiwang.kernel.words import Text
from yiwang.notices.actions import tell


def tell_applicant(
    case: Case, subject: Text, text: Text, *, urgent: bool = False, link: str = ""
) -> None:
    """Tell the applicant of a step; `{title}` and `{number}` are filled in."""
    for person in addressees(case):
        tell_person(person, case, subject, text, urgent=urgent, link=link)


def addressees(case: Case) -> list[UUID]:
    """Who hears of a matter: who applied; once they act for the firm no longer, whoever does."""
    if case.is_of(case.applicant_id):
        return [case.applicant_id]
    assert case.organisation_id is not None
    return agents_of(case.organisation_id, case.root.what)[:1]


def tell_person(
    person: UUID, case: Case, subject: Text, text: Text, *, urgent: bool = False, link: str = ""
) -> None:
    """Tell one person of a step of a case; the link leads to it, or to `link`."""
    values = {"title": procedure_of(case).title(case), "number": case.number}
    tell(
        person,
        text.filled(**values),
        subject=subject.filled(**values),
        case=case.root_id,
        link=link or f"/my/matters/{case.root.number}/",
        urgent=urgent,
    )


def told(zh: str, en: str) -> Text:
    """A text in both languages, shortly written."""
    return Text(zh=zh, en=en)


NOT_CONFIRMED = told(
    "{name}没有同意「{title}」（{number}）{words} 您填的都还在："
    "可以改好再提交、换人，或者撤销。内容没有变的，不会再问对方。",
    "{name} did not agree to “{title}” ({number}){words} All you gave is kept: correct it and send "
    "it again, name somebody else, or discard it. They are asked again only if something changed.",
)
SILENT = told(
    "{name}没有在期限内确认「{title}」（{number}）{words} 您填的都还在："
    "可以联系对方后再提交、换人，或者撤销。",
    "{name} did not answer in time on “{title}” ({number}){words} All you gave is kept: get in "
    "touch and send it again, name somebody else, or discard it.",
)
REMINDER = told(
    "「{title}」（{number}）在等您本人确认，请在 {due} 前登录表示同意或不同意。",
    "“{title}” ({number}) waits for your own answer. Please sign in and say yes or no by {due}.",
)
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
    ).filled(title="{title}", number="{number}", reasons=safe(reasons), appeal=appeal)


def refused_words(basis: Text | str, reasons: str, appeal: Text) -> Text:
    """What an applicant reads of a refusal; `{title}` and `{number}` stay open."""
    return told(
        "「{title}」（{number}）没有通过。依据：{basis}。理由：{reasons} {appeal}",
        "“{title}” ({number}) was refused. Rule: {basis}. Reasons: {reasons} {appeal}",
    ).filled(
        title="{title}", number="{number}", basis=_in_both(basis), reasons=safe(reasons),
        appeal=appeal,
    )  # fmt: skip


def extended_words(reasons: str, until: date, basis: Text) -> Text:
    """What an applicant reads of an extension; `{title}` and `{number}` stay open."""
    return told(
        "「{title}」（{number}）需要更多时间，经批准办理时限延长，最晚{until_zh}办好。"
        "理由：{reasons} 依据：{basis}。您不用做什么，也不影响您的申请。",
        "“{title}” ({number}) needs more time. The extension was approved; it will be decided by "
        "{until} at the latest. Reasons: {reasons} Rule: {basis}. You need not do anything.",
    ).filled(
        title="{title}", number="{number}", reasons=safe(reasons), basis=_in_both(basis),
        until=until.isoformat(), until_zh=f"{until.year}年{until.month}月{until.day}日",
    )  # fmt: skip


CONCLUDED: Mapping[str, Text] = {
    Reviewed.ADOPTED: told("通过", "adopted"),
    Reviewed.CONDITIONS: told("修改完善后通过", "adopted with changes to make"),
    Reviewed.NOT: told("未通过", "not adopted"),
}


def convened_words(review: Text, at: datetime, place: str) -> Text:
    """What an applicant reads of a joint review to come; `{title}` and `{number}` stay open."""
    return told(
        "「{title}」（{number}）将由各部门一起评审：{review}，{when}，{place}。您不用分头跑各部门，"
        "评审结论会通知您；要您到场或补充材料的，牵头部门会另行联系。",
        "The departments will look at “{title}” ({number}) together: {review}, {when}, {place}. "
        "You need not visit each of them; you will be told what they conclude.",
    ).filled(
        title="{title}", number="{number}", review=_in_both(review), place=safe(place),
        when=f"{at:%Y-%m-%d %H:%M}",
    )  # fmt: skip


def concluded_words(review: Text, outcome: Reviewed, minutes: str) -> Text:
    """What an applicant reads of the conclusion; `{title}` and `{number}` stay open."""
    return told(
        "「{title}」（{number}）的{review}已有结论：{outcome}。{minutes} 接下来各部门分别作出决定，"
        "结果会通知您。",
        "{review} of “{title}” ({number}) has concluded: {outcome}. {minutes} The departments now "
        "decide, and you will be told.",
    ).filled(
        title="{title}", number="{number}", review=_in_both(review),
        outcome=CONCLUDED[outcome], minutes=safe(minutes),
    )  # fmt: skip


def in_chinese(basis: Text | str) -> str:
    """A basis as the ledger keeps it: in the language of the law, whoever acts."""
    return basis.zh if isinstance(basis, Text) else basis


def _in_both(basis: Text | str) -> Text:
    both = basis if isinstance(basis, Text) else Text(zh=basis, en=basis)
    return Text(zh=safe(both.zh), en=safe(both.en))


def safe(words: str) -> str:
    """Words of a person inside a pattern that is filled once more."""
    return words.replace("{", "{{").replace("}", "}}")
