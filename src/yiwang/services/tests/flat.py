"""A flat of a couple and somebody who buys it, in the registers of the city, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yiwang.cases.actions import confirm
from yiwang.cases.models import Case
from yiwang.identity.models import Person
from yiwang.kernel import moment
from yiwang.kernel.identifiers import identity_number
from yiwang.licences.actions import load_licences
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.payments.actions import begin_payment, take_notification
from yiwang.payments.gateway import gateway
from yiwang.payments.models import Bill
from yiwang.payments.sandbox import notification
from yiwang.services.actions.draft import start
from yiwang.services.tests.family import BY, account, actor, put, reply, resident, sign_and_send

UNIT = "990102001001GB00012F00010501"
TITLES = ("江(2015)不动产权第0000011号", "江(2015)不动产权第0000012号")
DEAL = {
    "flat.title_no": TITLES[0], "case.deal_price": "1280000", "case.homes_before": "none",
    "case.sellers_only_home": "yes", "case.readings_by": "together",
    "case.contact_phone": "13800000001",
}  # fmt: skip


@dataclass
class Sale:
    """Who sells and who buys."""

    sellers: tuple[Person, Person]
    buyer: Person


def for_sale(
    pack: Pack, *, owned_for: int = 6, area: str = "89.50", arrears: str = "0.00", **flat: Any
) -> Sale:
    """A couple's flat, owned for so many years, and a buyer."""
    sellers = (
        resident(pack, identity_number("990102", date(1980, 4, 3), 2), "陈望"),
        resident(pack, identity_number("990102", date(1979, 8, 9), 3), "何晴"),
    )
    buyer = resident(pack, identity_number("990102", date(1992, 1, 5), 4), "周南")
    since = (moment.today() - timedelta(days=366 * owned_for)).isoformat()
    row = {"unit_no": UNIT, "address": "江北区渡口街 12 号 3 单元 501", "area": area,
           "use": "home", "sealed": False, "mortgaged": False, "owned_since": since}  # fmt: skip
    put(pack, "real-estate", row | flat)
    put(pack, "tax-prices", {"unit_no": UNIT, "price": "1200000.00"})
    for name in ("water", "power", "gas"):
        put(
            pack, f"{name}-accounts",
            {"unit_no": UNIT, "account": f"{name}-7", "holder": sellers[0].name,
             "holder_id_number": sellers[0].id_number, "arrears": arrears},
        )  # fmt: skip
    for seller, title in zip(sellers, TITLES, strict=True):
        put(
            pack, "real-estate-titles",
            {"title_no": title, "unit_no": UNIT, "id_number": seller.id_number,
             "name": seller.name, "in_force": True},
        )  # fmt: skip
        fields = {"name": seller.name, "id_number": seller.id_number, "title_no": title}
        licence = {"holder": seller.id, "fields": fields, "issued_on": date(2015, 5, 6),
                   "number": title}  # fmt: skip
        load_licences(pack.get(LicenceKind, "real-estate-title"), [licence], by=BY)
    for n, one in enumerate((*sellers, buyer)):
        account(one, f"1380000001{n}")
    return Sale(sellers, buyer)


def begun(sale: Sale) -> Case:
    """The buyer has begun."""
    return start("bundle", "flat-transfer", "buyer", person=sale.buyer, by=actor(sale.buyer))


def sent(sale: Sale, *, confirmed: bool = True, **more: str) -> Case:
    """The buyer has answered everything and sent it; the sellers have agreed."""
    root = begun(sale)
    later = (moment.today() + timedelta(days=20)).isoformat()
    reply(root, sale.buyer, **(DEAL | {"case.handover_on": later} | more))
    root = sign_and_send(root, sale.buyer, key="flat-1")
    agreed(root, *(sale.sellers if confirmed else ()))
    return root


def agreed(root: Case, *people: Person) -> None:
    """These people confirm by their own sign-in."""
    for person in people:
        confirm(root.id, person=person.id, by=actor(person))


def pay(payer: Person, charge: str) -> Bill:
    """Somebody pays what is due of them for a charge."""
    bill = Bill.objects.get(payer=payer, charge=charge, state="due")
    begin_payment(bill.number, person=payer.id, by=actor(payer), back="/")
    body, headers = notification(bill.orders.get(state="begun"))
    assert take_notification(gateway(), body, headers) == "taken"
    return Bill.objects.get(pk=bill.pk)
