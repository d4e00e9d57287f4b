"""What many do in the same instant: real threads, real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from yiwang.identity import actions, sign_in
from yiwang.identity.models import Mandate, Person
from yiwang.identity.tests.town import BY, CHEN, LIN
from yiwang.ledger.models import Act

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """Let `count` threads begin `do` together; what each gave."""
    ready = Barrier(count)

    def one(number: int) -> Any:
        try:
            ready.wait()
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_person_met_by_many_at_once_is_one_person_and_one_act():
    found = at_once(8, lambda _number: actions.person_for(LIN, "林小满", by=BY).id)

    assert len(set(found)) == 1
    assert Person.objects.count() == 1
    assert Act.objects.filter(what="identity.person_added").count() == 1


def test_many_met_by_many_in_any_order_do_not_block_each_other():
    orders = [[LIN, CHEN], [CHEN, LIN]]

    found = at_once(8, lambda number: actions.persons_for(orders[number % 2], by=BY))

    assert all(one == found[0] for one in found)
    assert Person.objects.count() == 2


def test_tries_at_once_are_all_counted(monkeypatch):
    looked_at = []
    monkeypatch.setattr(sign_in, "_checked", lambda name, _password: looked_at.append(name))

    outcomes = at_once(12, lambda _n: sign_in.try_sign_in("lin", "wrong", address="10.0.0.1"))

    assert len(looked_at) == 5
    assert sum(one.wait > 0 for one in outcomes) == 7


def test_each_write_is_a_transaction_of_its_own():
    """Recording outside a transaction is an error: here nothing else opens one."""
    mother = actions.person_for(LIN, by=BY)
    child = actions.person_for(None, by=BY)
    actions.give_number(child.id, CHEN, by=BY)
    actions.name_person(child.id, "林江月", by=BY)
    actions.organisation_for("91110000600037341L", "Ferry Ltd", by=BY)
    staff = actions.register_staff(name="周明", number="1", department="d", roles=[], by=BY)
    actions.open_account("clerk", None, staff=staff, by=BY)
    actions.retire_staff(staff.id, by=BY)
    mandate = actions.grant_mandate(
        agent=mother, person=child, ground=Mandate.Ground.GUARDIAN, basis="law", by=BY
    )
    actions.end_mandate(mandate.id, by=BY)

    assert Act.objects.count() == 10
