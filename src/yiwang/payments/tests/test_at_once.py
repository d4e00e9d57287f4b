"""Two at the same moment: one order, one payment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from yiwang.cases.tests.office import applicant, begun, officer
from yiwang.ledger.models import Act
from yiwang.payments.actions import begin_payment, take_notification
from yiwang.payments.gateway import gateway
from yiwang.payments.models import Bill, Order
from yiwang.payments.sandbox import notification
from yiwang.payments.tests.toll import FEE, approved, begun_order, by


def together(do, times: int = 4) -> list[object]:
    """The same done by several threads, each with a connection of its own."""

    def one(_: int) -> object:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.fixture
def bill(transactional_db, toll):
    person = applicant()
    toll.charges["before-issue"] = [("fee", FEE, person.id)]
    with transaction.atomic():
        case = begun(person)
    approved(case, officer())
    return Bill.objects.get()


def test_several_presses_at_once_make_one_order(bill):
    payer = bill.payer

    found = together(lambda: begin_payment(bill.number, person=payer.id, by=by(payer), back="/"))

    assert len(set(found)) == 1
    assert Order.objects.count() == 1


def test_of_several_notifications_at_once_one_counts(bill):
    body, headers = notification(begun_order(bill))

    found = together(lambda: str(take_notification(gateway(), body, headers)))

    assert sorted(found) == ["repeated", "repeated", "repeated", "taken"]
    assert Act.objects.filter(what="payment.made").count() == 1
    assert Act.objects.filter(what="case.granted").count() == 1
    assert Bill.objects.get().state == "paid"
