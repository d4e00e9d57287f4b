"""Every write of payments, one file per verb."""

from yiwang.payments.actions.begin import begin_payment
from yiwang.payments.actions.bill import Charged, make_due
from yiwang.payments.actions.notify import take_notification
from yiwang.payments.actions.settle import refund, settle_case

__all__ = [
    "Charged", "begin_payment", "make_due", "refund", "settle_case", "take_notification",
]  # fmt: skip
