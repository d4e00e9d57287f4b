"""When a case ends: what was not paid is no longer due, what was paid for nothing goes back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases.models import Case
from yiwang.cases.states import Outcome
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.notices.actions import tell
from yiwang.payments.actions.bill import cancel
from yiwang.payments.actions.notify import give_back
from yiwang.payments.actions.row import TABLE, plain
from yiwang.payments.gateway import gateway_named
from yiwang.payments.locking import locked_order
from yiwang.payments.models import Bill, Order, Refund
from yiwang.payments.states import BillState, OrderState

BY = Actor("job", "payments.refund")
BACK = Text(zh="已退款：{title}", en="Refunded: {title}")
BACK_TEXT = Text(
    zh="「{title}」的 {amount} 元已原路退回。{why}",
    en="{amount} yuan for “{title}” went back the way they came. {why}",
)
WHY = {
    Refund.Because.NOT_GRANTED: Text(
        zh="因为这一项没有办成。", en="The item they were for was not granted."
    ),
    Refund.Because.TWICE: Text(
        zh="因为同一笔费用付了两次。", en="The same thing had been paid twice."
    ),
    Refund.Because.LATE: Text(
        zh="因为付款时订单已超时；还需要缴的话，请重新支付。",
        en="The order had run out when you paid; if it is still due, please pay again.",
    ),
    Refund.Because.WRONG_AMOUNT: Text(
        zh="因为金额不对；请按缴费单的金额重新支付。",
        en="The amount was not right; please pay what the bill says.",
    ),
}


@transaction.atomic
def settle_case(case: Case, *, by: Actor) -> None:
    """A case has ended; its root is locked. Money paid stays only where it was granted."""
    if case.outcome == Outcome.GRANTED:
        return
    for bill in Bill.objects.filter(case=case, state=BillState.DUE):
        cancel(bill, by=by)
    paid = Order.objects.filter(bill__case=case, bill__state=BillState.PAID, state=OrderState.PAID)
    for order in paid.select_related("bill"):
        give_back(order, Refund.Because.NOT_GRANTED, None, by)


def refund(refund_id: UUID) -> Refund:
    """Have the gateway pay back. Safe to call again: the refund's own id is the key, and nothing
    is held open while the gateway is asked."""
    one = Refund.objects.select_related("order").get(pk=refund_id)
    if one.done_at is not None:
        return one
    ways = gateway_named(one.order.gateway)
    trade = ways.refund(one.order, amount=one.amount, key=one.id.hex)
    return _went_back(one.order.number, refund_id, trade)


@transaction.atomic
def _went_back(order_number: str, refund_id: UUID, trade: str) -> Refund:
    found = locked_order(order_number)
    one = Refund.objects.select_for_update().get(pk=refund_id)
    if found is not None and one.done_at is None:
        one.trade, one.done_at = trade, moment.now()
        one.save(update_fields=["trade", "done_at"])
        _record(one, found[0])
    return one


def _record(one: Refund, order: Order) -> None:
    bill, before = order.bill, plain(order.bill)
    if order.state == OrderState.PAID:
        order.state = OrderState.RETURNED
        order.save(update_fields=["state"])
        bill.state, bill.ended_at = BillState.REFUNDED, moment.now()
        bill.save(update_fields=["state", "ended_at"])
    record(
        "payment.refunded", by=BY, about=[bill.payer_id], case=bill.case_id, root=bill.root_id,
        basis=bill.law.zh, changes=[Change.of(TABLE, bill.id, before=before, after=plain(bill))],
        body={"order": order.number, "trade": one.trade, "amount": str(one.amount),
              "because": str(one.because)},
    )  # fmt: skip
    values = {"title": bill.words, "amount": f"{one.amount:,}",
              "why": WHY[Refund.Because(one.because)]}  # fmt: skip
    tell(
        bill.payer_id, BACK_TEXT.filled(**values), subject=BACK.filled(**values),
        case=bill.root_id, link=f"/my/payments/{bill.number}/",
    )  # fmt: skip
