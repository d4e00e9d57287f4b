"""Every read of payments that other rooms may use."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, QuerySet, Value, When

from yiwang.payments.errors import NoSuchBill
from yiwang.payments.models import Bill
from yiwang.payments.states import BillState


def bills_of(person: UUID) -> QuerySet[Bill]:
    """Everything a person has or had to pay: what is due first, then the newest."""
    rank = Choose(
        When(state=BillState.DUE, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    mine = Bill.objects.filter(payer=person).exclude(state=BillState.CANCELLED)
    return mine.annotate(rank=rank).order_by("rank", "-opened_at")


def due_of(person: UUID) -> list[Bill]:
    """What a person has to pay now, the oldest first."""
    return list(Bill.objects.filter(payer=person, state=BillState.DUE).order_by("opened_at"))


def bill_of(number: str, person: UUID) -> Bill:
    """A payer's own bill; NoSuchBill otherwise."""
    found = Bill.objects.select_related("payer", "root").filter(number=number, payer=person).first()
    if found is None:
        raise NoSuchBill()
    return found


def bills_in(cases: Collection[UUID]) -> list[Bill]:
    """The bills of these cases that stand: due, paid, refunded; in the order they were opened."""
    found = Bill.objects.filter(case__in=cases).exclude(state=BillState.CANCELLED)
    return list(found.select_related("payer").order_by("opened_at", "number"))
