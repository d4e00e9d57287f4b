"""Bills as their payers see them: lines, one bill, its receipt, the sandbox's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.identity.declarations import Department
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.payments.errors import NoSuchBill
from yiwang.payments.models import Bill, Order
from yiwang.payments.states import BillState, OrderState
from yiwang.registers.followers import matters
from yiwang.ui.formats import clock, money
from yiwang.ui.parts import Row

TONES: Mapping[str, str] = {
    BillState.DUE: "wait", BillState.PAID: "good", BillState.REFUNDED: "neutral",
    BillState.CANCELLED: "neutral",
}  # fmt: skip


@dataclass(frozen=True)
class BillLine:
    """One bill in a list."""

    number: str
    title: Text
    matter: Text
    amount: Decimal
    state: str
    tone: str
    at: datetime
    due: bool
    url: str
    receipt: str


@dataclass(frozen=True)
class BillPage:
    """One bill: whether it can be paid now, its rows, its receipt."""

    line: BillLine
    rows: tuple[Row, ...]
    matter_url: str
    back_soon: bool


@dataclass(frozen=True)
class SandboxPage:
    """An order on the sandbox's own page."""

    order: Order
    title: Text
    office: Text
    expired: bool
    paid: bool


def line(bill: Bill) -> BillLine:
    """One bill in a list."""
    return BillLine(
        number=bill.number,
        title=bill.words,
        matter=bill.matter_words,
        amount=bill.amount,
        state=str(BillState(bill.state).label),
        tone=TONES[bill.state],
        at=bill.paid_at or bill.opened_at,
        due=bill.state == BillState.DUE,
        url=reverse("payments:payment", args=[bill.number]),
        receipt=reverse("payments:receipt", args=[bill.number]) if bill.receipt else "",
    )


def lines(bills: Sequence[Bill]) -> list[BillLine]:
    """Bills in a list."""
    return [line(bill) for bill in bills]


def bill_page(bill: Bill) -> BillPage:
    """One bill as its payer sees it."""
    mine = matters([bill.root_id], bill.payer_id).get(bill.root_id)
    refunds = bill.orders.filter(refund__isnull=False, refund__done_at=None)
    return BillPage(
        line=line(bill),
        rows=_rows(bill),
        matter_url=mine.url if mine else "",
        back_soon=refunds.exists(),
    )


def _rows(bill: Bill) -> tuple[Row, ...]:
    rows = [
        Row(gettext("For"), bill.words),
        Row(gettext("Amount"), money(bill.amount)),
        Row(gettext("To"), office_of(bill)),
        Row(gettext("Law"), bill.law),
        Row(gettext("For the matter"), f"{bill.matter_words} {bill.root.number}"),
        Row(gettext("Bill"), bill.number),
    ]
    if bill.paid_at:
        rows.append(Row(gettext("Paid on"), clock(bill.paid_at)))
    if bill.state == BillState.REFUNDED:
        rows.append(Row(gettext("Refunded on"), clock(bill.ended_at)))
    return tuple(rows)


def receipt_rows(bill: Bill) -> tuple[Row, ...]:
    """What a receipt states."""
    order = bill.orders.exclude(trade="").order_by("begun_at").first()
    return (
        Row(gettext("Receipt"), bill.receipt or ""),
        Row(gettext("Paid by"), bill.payer.name),
        *_rows(bill),
        Row(gettext("Payment number of the gateway"), order.trade if order else ""),
    )


def office_of(bill: Bill) -> Text:
    """Who gets the money."""
    found = current().all(Department).get(bill.department)
    return found.title if found else Text(zh=bill.department, en=bill.department)


def sandbox_page(order_id: UUID) -> SandboxPage:
    """An order on the sandbox's own page. Raises NoSuchBill."""
    order = Order.objects.select_related("bill").filter(pk=order_id).first()
    if order is None:
        raise NoSuchBill()
    expired = order.state == OrderState.EXPIRED or order.expires_at <= moment.now()
    return SandboxPage(
        order, order.bill.words, office_of(order.bill), expired and not order.trade,
        bool(order.trade),
    )  # fmt: skip
