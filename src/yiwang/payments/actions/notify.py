"""Taking in what a gateway tells: each payment counts once, and none that does not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction
from procrastinate.contrib.django import app

from yiwang.cases.actions import payments_came
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.notices.actions import tell
from yiwang.payments.actions.row import TABLE, plain
from yiwang.payments.errors import Forged
from yiwang.payments.gateway import Gateway, Notice
from yiwang.payments.locking import locked_order
from yiwang.payments.models import Bill, Notification, Order, Refund
from yiwang.payments.numbers import RECEIPT, next_number
from yiwang.payments.states import Answer, BillState, OrderState

REFUND, QUEUE = "payments.refund", "later"
LONGEST = 16_384  # bytes of a notification
PAID = Text(zh="缴费成功：{title}", en="Paid: {title}")
PAID_TEXT = Text(
    zh="您缴的「{title}」{amount} 元已到账，电子票据号 {receipt}。",
    en="Your payment of {amount} yuan for “{title}” has arrived. Receipt {receipt}.",
)


def take_notification(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Take in one notification; what became of it. The same one again changes nothing."""
    digest = hashlib.sha256(body).hexdigest()
    try:
        notice = gateway.read(body[:LONGEST], headers)
    except Forged:
        return _refused(gateway, digest, Answer.FORGED)
    with transaction.atomic():
        found = locked_order(notice.order)
        if found is not None:
            order, case = found
            answer = _judged(order, notice)
            _take(order, case, notice, answer, Actor("job", f"gateway:{gateway.name}"[:64]))
            _keep(gateway, digest, notice, answer)
            return answer
    return _refused(gateway, digest, Answer.UNKNOWN_ORDER, notice)


def _judged(order: Order, notice: Notice) -> Answer:
    """What a notification about a known order means, nothing written."""
    if order.trade:
        return Answer.REPEATED
    if notice.amount != order.amount:
        return Answer.WRONG_AMOUNT
    on_time = notice.paid_at <= order.expires_at
    return Answer.TAKEN if on_time and order.bill.state == BillState.DUE else Answer.RETURNED


def _take(order: Order, case: Case, notice: Notice, answer: Answer, by: Actor) -> None:
    if answer == Answer.REPEATED:
        return
    order.trade, order.paid_at = notice.trade, notice.paid_at
    if answer == Answer.TAKEN:
        order.state = OrderState.PAID
        order.save(update_fields=["state", "trade", "paid_at"])
        _paid(order.bill, case, order, by)
        return
    order.state = OrderState.RETURNED
    order.save(update_fields=["state", "trade", "paid_at"])
    give_back(order, _why(order, notice, answer), notice, by)


def _paid(bill: Bill, case: Case, order: Order, by: Actor) -> None:
    before = plain(bill)
    bill.state, bill.paid_at = BillState.PAID, order.paid_at
    bill.receipt = next_number(RECEIPT)
    bill.save(update_fields=["state", "paid_at", "receipt"])
    record(
        "payment.made", by=by, about=[bill.payer_id], case=bill.case_id, root=bill.root_id,
        basis=bill.law.zh, changes=[Change.of(TABLE, bill.id, before=before, after=plain(bill))],
        body={"bill": bill.number, "order": order.number, "trade": order.trade,
              "amount": str(order.amount), "receipt": bill.receipt},
    )  # fmt: skip
    values = {"title": bill.words, "amount": f"{bill.amount:,}", "receipt": bill.receipt}
    tell(
        bill.payer_id, PAID_TEXT.filled(**values), subject=PAID.filled(**values),
        case=bill.root_id, link=f"/my/payments/{bill.number}/",
    )  # fmt: skip
    owing = Bill.objects.filter(case=bill.case_id, state=BillState.DUE)
    if case.state == State.PAYING:
        payments_came(case, owing=set(owing.values_list("payer", flat=True)), by=by)


def give_back(order: Order, because: Refund.Because, notice: Notice | None, by: Actor) -> Refund:
    """Ask for money to go back, once an order; the gateway is told by a job after commit."""
    amount = notice.amount if notice else order.amount
    refund, fresh = Refund.objects.get_or_create(
        order=order, defaults={"amount": amount, "because": because}
    )
    if fresh:
        bill = order.bill
        record(
            "payment.refund_asked", by=by, about=[bill.payer_id], case=bill.case_id,
            root=bill.root_id,
            body={"order": order.number, "amount": str(amount), "because": str(because)},
        )  # fmt: skip
        app.configure_task(REFUND, queue=QUEUE).defer(refund_id=str(refund.id))
    return refund


def _why(order: Order, notice: Notice, answer: Answer) -> Refund.Because:
    if answer == Answer.WRONG_AMOUNT:
        return Refund.Because.WRONG_AMOUNT
    if order.bill.state == BillState.PAID:
        return Refund.Because.TWICE
    if order.bill.state == BillState.DUE or notice.paid_at > order.expires_at:
        return Refund.Because.LATE
    return Refund.Because.NOT_GRANTED


@transaction.atomic
def _refused(gateway: Gateway, digest: str, answer: Answer, notice: Notice | None = None) -> Answer:
    """A notification nobody can believe or place: kept once, and an act says so."""
    if _keep(gateway, digest, notice, answer):
        record(
            "payment.notification_refused", by=Actor("job", f"gateway:{gateway.name}"[:64]),
            body={"answer": str(answer), "digest": digest},
        )  # fmt: skip
    return answer


def _keep(gateway: Gateway, digest: str, notice: Notice | None, answer: Answer) -> bool:
    said = {
        "order_number": notice.order[:48], "trade": notice.trade[:64], "amount": notice.amount,
    } if notice else {}  # fmt: skip
    _, fresh = Notification.objects.get_or_create(
        gateway=gateway.name, digest=digest, answer=answer,
        defaults={"at": moment.now(), **said},
    )  # fmt: skip
    return fresh
