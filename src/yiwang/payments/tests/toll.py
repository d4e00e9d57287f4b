"""A kind of case that costs something, for these tests only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.cases.procedures import Due
from yiwang.cases.tests.office import SampleProcedure
from yiwang.identity.models import Person, Staff
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.payments.actions import Charged, begin_payment, make_due, settle_case
from yiwang.payments.gateway import gateway
from yiwang.payments.models import Bill, Order

FEE = Decimal("80.00")


class TollProcedure(SampleProcedure):
    """Bills what `charges` holds for a point in time: (id, amount, payer)."""

    def __init__(self) -> None:
        super().__init__()
        self.charges: dict[str, list[tuple[str, Decimal, UUID | None]]] = {}

    def bill(
        self, case: Case, *, due: Due, fills: Mapping[str, str] | None, by: Actor
    ) -> Sequence[UUID]:
        charges = [
            Charged(
                id=id, title=Text(zh="登记费", en="Registration fee"), amount=amount, payer=payer,
                department="health", basis=Text(zh="《样例法》第二条", en="Sample Law, art. 2"),
            )
            for id, amount, payer in self.charges.get(due, ())
        ]  # fmt: skip
        return make_due(case, charges, matter=self.title(case), by=by)

    def ended(self, case: Case, *, by: Actor) -> None:
        settle_case(case, by=by)


def by(person: Person) -> Actor:
    """A person acting for themselves."""
    return Actor("person", str(person.id))


def approved(case: Case, clerk: Staff) -> Case:
    """A case accepted and granted by a clerk, as far as that goes before it is paid for."""
    actions.accept(case.id, staff=clerk)
    return granted(case, clerk)


def granted(case: Case, clerk: Staff) -> Case:
    """A case granted by a clerk."""
    actions.decide(
        case.id, granted=True, reasons="", basis="《样例法》第一条", fills={}, staff=clerk
    )
    return Case.objects.get(pk=case.pk)


def begun_order(bill: Bill) -> Order:
    """The order its payer has begun."""
    begin_payment(bill.number, person=bill.payer_id, by=by(bill.payer), back="/")
    found = bill.orders.filter(state="begun").get()
    assert found.gateway == gateway().name
    return found
