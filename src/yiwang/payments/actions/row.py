"""A bill as acts digest it."""

from __future__ import annotations

from yiwang.payments.models import Bill

TABLE = "payments_bill"


def plain(bill: Bill) -> dict[str, str]:
    """A bill as acts digest it."""
    return {
        "number": bill.number, "case": str(bill.case_id), "charge": bill.charge,
        "payer": str(bill.payer_id), "amount": str(bill.amount), "state": str(bill.state),
        "receipt": bill.receipt or "",
    }  # fmt: skip
