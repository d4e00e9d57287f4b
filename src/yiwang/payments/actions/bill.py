"""Making due what a case costs, each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction

from yiwang.cases.models import Case
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record
from yiwang.notices.actions import tell
from yiwang.payments.actions.row import TABLE, plain
from yiwang.payments.errors import PayerUnknown
from yiwang.payments.models import Bill
from yiwang.payments.numbers import BILL, next_number
from yiwang.payments.states import BillState

FEN = Decimal("0.01")
DUE = Text(zh="请缴费：{title}", en="To be paid: {title}")
DUE_TEXT = Text(
    zh="「{matter}」（{number}）需要您缴「{title}」{amount} 元。缴清后马上接着办；"
    "等缴费的时间不算办理时限。",
    en="For “{matter}” ({number}) you have to pay “{title}”: {amount} yuan. It goes on at once "
    "when that is paid; the time limit stands still until then.",
)


@dataclass(frozen=True)
class Charged:
    """What one case costs one person: `id` names it within the case; `amount` is in yuan."""

    id: str
    title: Text
    amount: Decimal
    payer: UUID | None
    department: str
    basis: Text


@transaction.atomic
def make_due(case: Case, charges: Sequence[Charged], *, matter: Text, by: Actor) -> list[UUID]:
    """Open a bill for each charge that has none, and tell whoever pays; who still has to pay.

    The root of `case` is locked. A charge of nothing makes no bill. One that is paid stays paid;
    one still due whose amount or payer has changed is replaced. Raises PayerUnknown.
    """
    standing = {
        bill.charge: bill
        for bill in Bill.objects.filter(case=case, state__in=(BillState.DUE, BillState.PAID))
    }
    owing = []
    for charge in charges:
        amount = charge.amount.quantize(FEN, rounding=ROUND_HALF_UP)
        bill = standing.get(charge.id)
        if bill is not None and bill.state == BillState.PAID:
            continue
        if bill is not None and (bill.amount, bill.payer_id) != (amount, charge.payer):
            cancel(bill, by=by)
            bill = None
        if amount <= 0:
            continue
        owing.append((bill or _open(case, charge, amount, matter, by)).payer_id)
    return list(dict.fromkeys(owing))


def _open(case: Case, charge: Charged, amount: Decimal, matter: Text, by: Actor) -> Bill:
    if charge.payer is None:
        raise PayerUnknown(charge.title)
    bill = Bill.objects.create(
        number=next_number(BILL), root_id=case.root_id, case=case, charge=charge.id,
        title=charge.title.model_dump(), matter=matter.model_dump(),
        basis=charge.basis.model_dump(), department=charge.department, payer_id=charge.payer,
        amount=amount,
    )  # fmt: skip
    record(
        "payment.due", by=by, about=[charge.payer], case=case.id, root=case.root_id,
        basis=charge.basis.zh, changes=[Change.of(TABLE, bill.id, after=plain(bill))],
        body={"bill": bill.number, "charge": charge.id, "amount": str(amount)},
    )  # fmt: skip
    values = {"title": charge.title, "matter": matter, "number": case.root.number,
              "amount": f"{amount:,}"}  # fmt: skip
    tell(
        charge.payer, DUE_TEXT.filled(**values), subject=DUE.filled(**values), case=case.root_id,
        link=f"/my/payments/{bill.number}/", urgent=True,
    )  # fmt: skip
    return bill


def cancel(bill: Bill, *, by: Actor) -> None:
    """A bill that is not owed any more; an order begun for it ends when its money comes or not."""
    before = plain(bill)
    bill.state, bill.ended_at = BillState.CANCELLED, moment.now()
    bill.save(update_fields=["state", "ended_at"])
    record(
        "payment.cancelled", by=by, about=[bill.payer_id], case=bill.case_id, root=bill.root_id,
        changes=[Change.of(TABLE, bill.id, before=before, after=plain(bill))],
        body={"bill": bill.number},
    )  # fmt: skip
