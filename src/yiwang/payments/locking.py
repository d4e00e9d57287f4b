"""Finding what is about to change: the root case first, as everywhere, then the bill."""

from __future__ import annotations

from uuid import UUID

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.payments.errors import NoSuchBill
from yiwang.payments.models import Bill, Order


def locked_bill(number: str, payer: UUID) -> Bill:
    """A payer's own bill, held until the transaction ends. Raises NoSuchBill."""
    root = Bill.objects.filter(number=number, payer=payer).values_list("root", flat=True).first()
    if root is None:
        raise NoSuchBill()
    roots.locked_root(root)
    return Bill.objects.select_for_update().get(number=number)


def locked_order(number: str) -> tuple[Order, Case] | None:
    """An order with its bill, and the bill's case, held until the transaction ends."""
    root = Order.objects.filter(number=number).values_list("bill__root", flat=True).first()
    if root is None:
        return None
    locked = roots.locked_root(root)
    order = Order.objects.select_for_update().get(number=number)
    order.bill = Bill.objects.select_for_update().get(pk=order.bill_id)
    case = locked if order.bill.case_id == locked.id else roots.case_with_root(order.bill.case_id)
    case.root = locked
    return order, case
