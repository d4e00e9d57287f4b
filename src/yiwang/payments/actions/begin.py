"""Beginning to pay: one order at the gateway, however often the button is pressed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, record
from yiwang.payments.errors import NothingToPay
from yiwang.payments.gateway import gateway
from yiwang.payments.locking import locked_bill
from yiwang.payments.models import Order
from yiwang.payments.states import BillState, OrderState

LASTS = timedelta(minutes=30)


def begin_payment(number: str, *, person: UUID, by: Actor, back: str) -> str:
    """Where to send the payer of a bill. Raises NoSuchBill, or NothingToPay where it is not due.

    The gateway is asked after the order is committed: nothing is held open across a network.
    """
    return gateway().begin(_order(number, person=person, by=by), back=back)


@transaction.atomic
def _order(number: str, *, person: UUID, by: Actor) -> Order:
    """The order that is under way, or a new one where there is none or it has run out."""
    bill = locked_bill(number, person)
    if bill.state != BillState.DUE:
        raise NothingToPay()
    begun = bill.orders.filter(state=OrderState.BEGUN).first()
    if begun is not None and begun.expires_at > moment.now() and begun.gateway == gateway().name:
        return begun
    if begun is not None:
        begun.state = OrderState.EXPIRED
        begun.save(update_fields=["state"])
    order = Order.objects.create(
        bill=bill, number=f"{bill.number}-{bill.orders.count() + 1}", gateway=gateway().name,
        amount=bill.amount, expires_at=moment.now() + LASTS,
    )  # fmt: skip
    record(
        "payment.begun", by=by, about=[bill.payer_id], case=bill.case_id, root=bill.root_id,
        body={"order": order.number, "gateway": order.gateway, "amount": str(order.amount)},
    )  # fmt: skip
    return order
