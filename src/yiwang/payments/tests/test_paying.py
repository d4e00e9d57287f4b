"""From a bill to a receipt, once, whatever is pressed or told twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from yiwang.cases import actions
from yiwang.cases.models import Case, Clock, Task
from yiwang.cases.tests.office import applicant, begun, officer, stranger
from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.notices.models import Message
from yiwang.payments.actions import begin_payment, refund, take_notification
from yiwang.payments.errors import NoSuchBill, NothingToPay, PayerUnknown
from yiwang.payments.gateway import gateway
from yiwang.payments.models import Bill, Notification, Order, Refund
from yiwang.payments.sandbox import SIGNATURE, notification, signature
from yiwang.payments.tests.toll import FEE, approved, begun_order, by, granted

MONDAY = datetime(2026, 9, 14, 2, tzinfo=UTC)


@pytest.fixture
def person(toll):
    return applicant()


@pytest.fixture
def clerk(toll):
    return officer()


@pytest.fixture
def case(person):
    return begun(person)


@pytest.fixture
def bill(toll, case, person, clerk):
    """A bill due before the result is given."""
    toll.charges["before-issue"] = [("fee", FEE, person.id)]
    approved(case, clerk)
    return Bill.objects.get()


def told(order, **more):
    body, headers = notification(order, **more)
    return take_notification(gateway(), body, headers)


def acts(*what: str) -> list[str]:
    return list(Act.objects.filter(what__in=what).order_by("at", "id").values_list("what", flat=1))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_what_is_due_before_the_result_stops_the_case_and_its_clocks(bill, case, person):
    assert fresh(case).state == "paying"
    assert [(t.verb, t.person_id) for t in Task.objects.filter(state="open")] == [
        ("pay", person.id)
    ]
    assert Clock.objects.filter(case=case, paused_on=None).count() == 0
    assert (bill.amount, bill.payer_id, bill.state) == (Decimal("80.00"), person.id, "due")
    assert acts("payment.due", "case.approved", "case.granted") == ["payment.due", "case.approved"]
    assert Message.objects.filter(link=f"/my/payments/{bill.number}/").count() == 1


def test_once_paid_the_grant_is_given_by_whoever_decided_it(bill, case, clerk):
    assert told(begun_order(bill)) == "taken"

    ended, paid = fresh(case), fresh(bill)
    assert (ended.state, ended.outcome) == ("decided", "granted")
    assert (paid.state, paid.receipt[:3]) == ("paid", "PJ-")
    act = Act.objects.get(what="case.granted")
    assert (act.by_kind, act.by_id) == ("staff", str(clerk.id))
    assert acts("payment.made", "case.paid") == ["payment.made", "case.paid"]
    made = body_of(Act.objects.get(what="payment.made"))
    assert (made["amount"], made["receipt"]) == ("80.00", paid.receipt)


def test_time_spent_waiting_for_money_is_nobodys(toll, person, clerk):
    toll.charges["on-acceptance"] = [("fee", FEE, person.id)]
    with moment.at(MONDAY):
        case = begun(person)
        actions.accept(case.id, staff=clerk)
    promised = case.clocks.get(kind="promised")
    assert fresh(case).state == "paying"

    with moment.at(MONDAY + timedelta(days=2)):
        told(begun_order(Bill.objects.get()))

    after = fresh(promised)
    assert (after.paused_on, (after.due_on - promised.due_on).days) == (None, 2)
    assert fresh(case).state == "accepted"
    assert [(t.verb, t.assignee_id) for t in Task.objects.filter(state="claimed")] == [
        ("decide", clerk.id)
    ]


def test_the_button_pressed_twice_leads_to_one_order(bill, person):
    first = begin_payment(bill.number, person=person.id, by=by(person), back="/")
    second = begin_payment(bill.number, person=person.id, by=by(person), back="/")

    assert first == second
    assert Order.objects.count() == 1
    assert acts("payment.begun") == ["payment.begun"]


def test_the_same_notification_again_changes_nothing(bill, case):
    order = begun_order(bill)
    body, headers = notification(order)
    take_notification(gateway(), body, headers)
    before = (Act.objects.count(), Message.objects.count(), Bill.objects.values().get())

    again = take_notification(gateway(), body, headers)

    assert again == "repeated"
    assert (Act.objects.count(), Message.objects.count(), Bill.objects.values().get()) == before


def test_a_forged_notification_is_kept_and_pays_nothing(bill, case):
    body, _ = notification(begun_order(bill))

    answer = take_notification(gateway(), body, {SIGNATURE: signature(b"something else")})

    assert answer == "forged"
    assert (fresh(bill).state, fresh(case).state) == ("due", "paying")
    assert Notification.objects.get().answer == "forged"
    assert acts("payment.notification_refused", "payment.made") == ["payment.notification_refused"]


def test_after_a_forged_one_the_true_one_still_counts(bill):
    body, headers = notification(begun_order(bill))
    take_notification(gateway(), body, {})

    assert take_notification(gateway(), body, headers) == "taken"
    assert fresh(bill).state == "paid"


def test_a_wrong_amount_is_refused_recorded_and_goes_back(bill, case):
    order = begun_order(bill)

    assert told(order, amount=Decimal("0.80")) == "wrong-amount"

    assert (fresh(bill).state, fresh(case).state) == ("due", "paying")
    assert Notification.objects.get().amount == Decimal("0.80")
    back = Refund.objects.get()
    assert (back.amount, back.because) == (Decimal("0.80"), "wrong-amount")
    assert begun_order(bill).number != order.number  # the bill can still be paid


def test_an_order_nobody_began_is_refused_and_recorded(bill):
    order = begun_order(bill)
    order.number = "JF-TOWN-1"

    assert told(order) == "unknown-order"
    assert Notification.objects.get().order_number == "JF-TOWN-1"
    assert fresh(bill).state == "due"


def test_money_paid_after_the_order_ran_out_goes_back_and_the_bill_stays_due(bill, case):
    order = begun_order(bill)

    with moment.at(moment.now() + timedelta(minutes=31)):
        assert told(order) == "returned"

    assert (fresh(bill).state, fresh(case).state) == ("due", "paying")
    assert Refund.objects.get().because == "late"


def test_an_order_that_ran_out_is_followed_by_another(bill, person):
    old = begun_order(bill)

    with moment.at(moment.now() + timedelta(minutes=31)):
        new = begun_order(bill)

    assert (fresh(old).state, new.number[-2:]) == ("expired", "-2")


def test_paid_on_two_orders_the_second_goes_back(bill):
    old = begun_order(bill)
    with moment.at(moment.now() + timedelta(minutes=31)):
        new = begun_order(bill)
        assert told(new) == "taken"

    assert told(old) == "returned"

    assert Refund.objects.get().because == "twice"
    assert fresh(bill).state == "paid"


def test_money_that_comes_after_the_matter_was_withdrawn_goes_back(bill, case, person):
    order = begun_order(bill)
    actions.withdraw(case.id, person=person.id, words="", by=by(person))
    assert fresh(bill).state == "cancelled"

    assert told(order) == "returned"

    back = refund(Refund.objects.get().id)
    assert (back.because, back.trade) == ("not-granted", f"R{back.id.hex}")
    assert fresh(case).state == "withdrawn"
    assert acts("payment.refunded", "payment.made") == ["payment.refunded"]


def test_what_was_paid_for_a_refused_case_goes_back_once(toll, person, clerk, case):
    toll.charges["on-acceptance"] = [("fee", FEE, person.id)]
    actions.accept(case.id, staff=clerk)
    bill = Bill.objects.get()
    told(begun_order(bill))

    actions.decide(
        case.id, granted=False, reasons="不符合", basis="《样例法》第一条", fills={}, staff=clerk
    )
    asked = Refund.objects.get()
    refund(asked.id)
    refund(asked.id)

    assert fresh(bill).state == "refunded"
    assert acts("payment.refunded") == ["payment.refunded"]
    assert Message.objects.filter(link=f"/my/payments/{bill.number}/").count() == 3


def test_two_payers_each_pay_their_own_before_it_goes_on(toll, case, person, clerk):
    other = stranger()
    toll.charges["before-issue"] = [("fee", FEE, person.id), ("tax", Decimal("1.005"), other.id)]
    approved(case, clerk)
    mine, theirs = Bill.objects.get(payer=person), Bill.objects.get(payer=other)
    assert theirs.amount == Decimal("1.01")

    told(begun_order(mine))
    assert fresh(case).state == "paying"
    assert [t.person_id for t in Task.objects.filter(verb="pay", state="open")] == [other.id]

    told(begun_order(theirs))
    assert fresh(case).outcome == "granted"


def test_nothing_is_due_of_nothing(toll, case, person, clerk):
    toll.charges["before-issue"] = [("fee", Decimal("0.00"), person.id)]

    assert approved(case, clerk).outcome == "granted"
    assert Bill.objects.count() == 0


def test_where_nobody_is_known_to_pay_nothing_is_decided(toll, case, clerk):
    toll.charges["before-issue"] = [("fee", FEE, None)]
    actions.accept(case.id, staff=clerk)
    before = (Act.objects.count(), fresh(case).state)

    with pytest.raises(PayerUnknown):
        granted(case, clerk)

    assert (Act.objects.count(), fresh(case).state) == before


def test_only_the_payer_may_pay_and_only_what_is_due(bill, person):
    with pytest.raises(NoSuchBill):
        begin_payment(bill.number, person=stranger().id, by=by(person), back="/")
    told(begun_order(bill))

    with pytest.raises(NothingToPay):
        begin_payment(bill.number, person=person.id, by=by(person), back="/")
    assert Order.objects.count() == 1


def test_a_grant_that_can_no_longer_be_given_goes_back_to_the_clerk_paid(
    toll, bill, case, clerk, monkeypatch
):
    def refuses(*_, **__):
        raise Refusal(Text(zh="不行", en="no"))

    monkeypatch.setattr(toll, "granted", refuses)

    assert told(begun_order(bill)) == "taken"

    assert (fresh(case).state, fresh(bill).state) == ("accepted", "paid")
    assert Task.objects.filter(case=case, verb="decide", state="claimed").count() == 1
    assert Case.objects.get(pk=case.pk).outcome == ""
