"""What happened to a case, act by act, in words for the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yiwang.cases.models import Case
from yiwang.cases.words import told
from yiwang.identity.queries import names_of
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_of_root, body_of

WHAT: Mapping[str, Text] = {
    "case.draft_opened": told("开始填写", "Began to fill in"),
    "case.sent": told("提交申请", "Sent"),
    "case.submitted": told("收到申请", "Received"),
    "case.begun": told("前面的事项办好，开始办理", "What it waited for is done; begun"),
    "case.accepted": told("受理", "Accepted"),
    "case.not_accepted": told("不予受理", "Not accepted"),
    "case.more_asked": told("要求补正，时限暂停", "More was asked for; the limits stand still"),
    "case.extended": told("批准延长办理时限", "The limit was extended"),
    "case.supplied": told("补正完成，时限继续", "What was asked for was given; the limits go on"),
    "case.approved": told("同意，缴费后发证", "Granted once it is paid for"),
    "case.payment_awaited": told("等缴费，时限暂停", "Waits for payment; the limits stand still"),
    "case.paid": told("费用缴清，时限继续", "Everything is paid; the limits go on"),
    "case.granted": told("同意", "Granted"),
    "case.refused": told("不予通过", "Refused"),
    "case.withdrawn": told("申请人撤回", "Withdrawn by the applicant"),
    "case.confirmed": told("对方本人确认", "Confirmed by the other party"),
    "case.declined": told("对方没有同意", "The other party did not agree"),
    "case.not_answered": told("对方没有按时答复", "The other party did not answer in time"),
    "case.reminded": told("提醒对方确认", "The other party was reminded"),
    "case.sent_back": told("退回申请人修改", "Sent back to the applicant"),
    "case.tried_again": told("重新办理", "Examined again"),
    "case.review_convened": told("召集联合评审", "The joint review was convened"),
    "case.opinion_given": told("出具评审意见", "An opinion was given for the joint review"),
    "case.review_concluded": told("联合评审有了结论", "The joint review concluded"),
    "case.rated": told("申请人评价", "Rated by the applicant"),
    "case.made_good": told("差评整改完成", "Made good after a bad rating"),
    "case.verification_opened": told("登记库迟到的答复待核实", "A late answer has to be checked"),
    "case.verified": told("核实完成", "Late answer checked"),
    "case.closed": told("全部办结", "The whole matter closed"),
    "case.erasure_asked": told("申请删除内容", "Asked that its contents be erased"),
    "case.erasure_refused": told("不同意删除内容", "Its contents are not erased"),
    "case.erased": told("内容已依法删除", "Its contents were erased as the law requires"),
    "case.opened": told("查看办件", "Looked at"),
    "task.opened": told("打开任务", "Opened to work on"),
    "task.claimed": told("领取", "Taken in hand"),
    "task.handed_over": told("转交", "Handed over"),
    "task.put_back": told("退回待办", "Put back on the list"),
    "licence.issued": told("签发证照", "Licence issued"),
    "register.changed": told("写入登记库", "Register changed"),
    "licence.revoked": told("证照注销", "Licence revoked"),
    "file.read": told("查看材料", "Document opened"),
    "payment.due": told("开出缴费单", "A payment became due"),
    "payment.made": told("缴费成功", "Paid"),
    "payment.refunded": told("退款", "Refunded"),
}
OF_ROOT = (
    "case.sent",
    "case.extended",
    "case.review_convened",
    "case.review_concluded",
    "case.confirmed",
    "case.declined",
    "case.not_answered",
    "case.reminded",
    "case.sent_back",
    "case.closed",
    "case.erasure_asked",
    "case.erasure_refused",
    "case.erased",
)
RULE = told("规则自动办理", "by rule")
SYSTEM = told("系统", "the system")
APPLICANT = told("申请人", "the applicant")
OTHER = told("其他当事人", "another party")
SPOKEN = ("words", "note", "reasons")


@dataclass(frozen=True)
class Event:
    """One act: when, what, by whom, and the words that were said with it."""

    at: datetime
    what: Text
    by: str
    words: str


def history(case: Case) -> list[Event]:
    """What happened to a case, the newest first. Acts on other items are left out."""
    mine = Q(case=case.id) | Q(case=case.root_id, what__in=OF_ROOT)
    acts = list(acts_of_root(case.root_id).filter(mine, what__in=list(WHAT)).order_by("-at", "-id"))
    acts = [act for before, act in zip([None, *acts], acts, strict=False) if not _same(before, act)]
    staff = {UUID(act.by_id) for act in acts if act.by_kind == "staff"}
    names = names_of(staff)
    return [Event(act.at, WHAT[act.what], _by(act, case, names), _words(act)) for act in acts]


def _same(newer: Act | None, act: Act) -> bool:
    """Whether somebody only looked once more at what they had just looked at."""
    looked = act.what in ("task.opened", "case.opened", "file.read")
    return newer is not None and looked and (newer.what, newer.by_id) == (act.what, act.by_id)


def _by(act: Act, case: Case, names: Mapping[UUID, str]) -> str:
    if act.by_kind == "staff":
        return names.get(UUID(act.by_id), act.by_id)
    if act.by_kind == "rule":
        return str(RULE)
    if act.by_kind == "person":
        return str(APPLICANT if act.by_id == str(case.applicant_id) else OTHER)
    return str(SYSTEM)


def _words(act: Act) -> str:
    """What somebody wrote with the act; other parts of its body are not for this page."""
    if not act.what.startswith(("case.", "task.")):
        return ""
    body: Mapping[str, Any] = body_of(act)
    return next((str(body[name]) for name in SPOKEN if body.get(name)), "")
