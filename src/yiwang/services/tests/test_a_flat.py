"""A flat changes hands: who pays what, what ends, what moves, what stops it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.kernel.errors import Refusal
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.models import Act
from yiwang.licences.models import Licence
from yiwang.payments.models import Bill
from yiwang.registers.models import Row
from yiwang.rules import Column
from yiwang.services.actions.draft import answer
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.matter import Ask
from yiwang.services.pages.agreeing import confirming
from yiwang.services.queries import load
from yiwang.services.tests.family import actor, put, resident, sign_and_send
from yiwang.services.tests.flat import TITLES, UNIT, agreed, begun, for_sale, pay, sent
from yiwang.services.tests.office import staff


def states(root: Case) -> dict[str, str]:
    cases = Case.objects.filter(parent=root)
    return {one.what: one.outcome or one.state for one in cases}


def register(root: Case) -> Case:
    """The registrar accepts and grants the transfer."""
    case = Case.objects.get(parent=root, what="flat-transfer-registration")
    clerk = staff("natural-resources", "registrar")
    actions.accept(case.id, staff=clerk)
    return actions.decide(
        case.id, granted=True, reasons="", basis="《民法典》第二百零九条", fills={}, staff=clerk
    )


@pytest.fixture
def sale(city):
    return for_sale(city)


def test_owners_are_found_by_the_number_on_the_title_and_not_asked(sale):
    root = sent(sale)

    found = {row.index: row.person_id for row in root.parties.filter(role="seller")}
    assert set(found.values()) == {one.id for one in sale.sellers}


def test_until_every_owner_has_agreed_nothing_begins(sale):
    root = sent(sale, confirmed=False)
    first, second = sale.sellers

    assert decide_instantly(root.id) == []
    agreed(root, first)
    assert decide_instantly(root.id) == []
    agreed(root, second)

    assert [one.what for one in decide_instantly(root.id)] == ["flat-contract-filing"]


def test_one_owner_who_does_not_agree_sends_it_back_and_the_mended_deal_goes_to_all(sale):
    root = sent(sale, confirmed=False)
    agreed(root, sale.sellers[0])

    actions.decline(
        root.id, person=sale.sellers[1].id, words="价格写错了", by=actor(sale.sellers[1])
    )

    root.refresh_from_db()
    assert root.state == "draft" and not root.children.exists()
    assert decide_instantly(root.id) == []
    assert Bill.objects.count() == 0
    price = Ask(Column("case", "deal_price"), 0)
    answer(root.id, [price], {price.name: "1380000"}, by=actor(sale.buyer))
    root = sign_and_send(root, sale.buyer, key="flat-2")
    agreed(root, *sale.sellers)
    assert [one.what for one in decide_instantly(root.id)] == ["flat-contract-filing"]


def test_another_flat_has_other_owners_and_those_of_the_first_are_let_go(city, sale):
    other = resident(city, identity_number("990102", date(1970, 5, 6), 9), "顾单身")
    put(city, "real-estate", {"unit_no": "990102001001GB00012F00010502", "address": "渡口街 13 号",
                              "area": "60", "use": "home", "sealed": False, "mortgaged": False,
                              "owned_since": "2015-01-01"})  # fmt: skip
    put(city, "real-estate-titles",
        {"title_no": "江(2015)不动产权第0000013号", "unit_no": "990102001001GB00012F00010502",
         "id_number": other.id_number, "name": other.name, "in_force": True})  # fmt: skip
    root = begun(sale)
    title = Ask(Column("flat", "title_no"), 0)
    answer(root.id, [title], {title.name: TITLES[0]}, by=actor(sale.buyer))
    assert len(load(root).indexes("seller")) == 2

    answer(root.id, [title], {title.name: "江(2015)不动产权第0000013号"}, by=actor(sale.buyer))

    matter = load(root)
    assert [matter.member("seller", n).person for n in matter.indexes("seller")] == [other.id]
    assert matter.facts["flat", 0, "flat_address", ""].value == "渡口街 13 号"


def test_an_owner_is_shown_what_was_agreed_and_nothing_of_the_buyer(sale):
    root = sent(sale, confirmed=False)

    with override("zh-hans"):
        shown = confirming(root, sale.sellers[0], load(root))
        rows = [row for part in shown.parts for row in part.rows]
        said = {str(row.label): str(row.value) for row in rows}

    assert said["成交价"].endswith("1,280,000.00")
    assert "江北区渡口街" in said["坐落"]
    assert not {"联系电话", "买方家庭在江城已有的住房"} & said.keys()
    assert sale.buyer.id_number not in str(rows)


def test_each_side_pays_its_own_and_the_rule_waits_for_it(city):
    sale = for_sale(city, owned_for=1)
    root = sent(sale, **{"case.sellers_only_home": "no"})

    decide_instantly(root.id)

    assert states(root)["flat-contract-filing"] == "granted"
    assert states(root)["flat-tax"] == "paying"
    bills = {b.charge: (b.amount, b.payer_id) for b in Bill.objects.all()}
    first = root.parties.get(role="seller", index=0).person_id
    assert bills == {
        "deed-tax": (Decimal("12800.00"), sale.buyer.id),
        "value-added-tax": (Decimal("38400.00"), first),
        "income-tax": (Decimal("12800.00"), first),
    }

    pay(sale.buyer, "deed-tax")
    seller = next(one for one in sale.sellers if one.id == first)
    pay(seller, "income-tax")
    assert states(root)["flat-tax"] == "paying"
    pay(seller, "value-added-tax")
    decide_instantly(root.id)

    assert states(root)["flat-tax"] == "granted"
    assert states(root)["flat-transfer-registration"] == "submitted"


@pytest.mark.parametrize(
    ("homes", "area", "tax"),
    [("none", "140.00", "12800.00"), ("none", "140.01", "19200.00"), ("one", "90", "12800.00"),
     ("one", "150", "25600.00"), ("more", "60", "38400.00")],
)  # fmt: skip
def test_deed_tax_follows_area_and_homes(city, homes, area, tax):
    sale = for_sale(city, area=area)
    root = sent(sale, **{"case.homes_before": homes})

    decide_instantly(root.id)

    assert [str(b.amount) for b in Bill.objects.filter(charge="deed-tax")] == [tax]
    assert Bill.objects.count() == 1  # five years and the only home: the sellers pay nothing


def test_the_new_title_ends_the_old_ones_and_the_accounts_move(sale):
    root = sent(sale)
    decide_instantly(root.id)
    pay(sale.buyer, "deed-tax")
    decide_instantly(root.id)

    register(root)
    assert states(root)["flat-transfer-registration"] == "paying"
    pay(sale.buyer, "registration-fee")
    decide_instantly(root.id)

    assert set(states(root).values()) == {"granted"}
    new = Licence.objects.get(kind="real-estate-title", holder=sale.buyer.id)
    assert new.number == new.fields["title_no"]
    assert {one.number: one.state for one in Licence.objects.filter(number__in=TITLES)} == {
        TITLES[0]: "revoked", TITLES[1]: "revoked",
    }  # fmt: skip
    rows = Row.objects.filter(register="real-estate-titles", values__unit_no=UNIT)
    assert {row.key: row.values["in_force"] for row in rows} == {
        TITLES[0]: False, TITLES[1]: False, new.number: True,
    }  # fmt: skip
    for name in ("water", "power", "gas"):
        row = Row.objects.get(register=f"{name}-accounts", key=UNIT)
        assert row.values["holder_id_number"] == sale.buyer.id_number
        assert row.values["account"] == f"{name}-7"
    ended = Act.objects.filter(what="licence.revoked")
    assert {subject for act in ended for subject in act.subjects} == {
        one.id for one in sale.sellers
    }
    assert {act.root for act in ended} == {root.id}
    assert Case.objects.get(pk=root.pk).outcome == "granted"


def test_a_sealed_flat_goes_to_nobody_by_rule(city):
    sale = for_sale(city, sealed=True)
    root = sent(sale)

    assert decide_instantly(root.id) == []
    assert states(root)["flat-contract-filing"] == "submitted"


def test_a_wrong_number_of_a_title_cannot_be_sent(sale):
    with pytest.raises(Refusal) as refused:
        sent(sale, **{"flat.title_no": "江(2015)不动产权第9999999号"})

    assert "不动产权证号" in refused.value.text.zh


def test_unpaid_water_keeps_only_the_water_account_back(city):
    sale = for_sale(city)
    Row.objects.filter(register="water-accounts").update(
        values=Row.objects.get(register="water-accounts").values | {"arrears": "56.20"}
    )
    root = sent(sale)
    decide_instantly(root.id)
    pay(sale.buyer, "deed-tax")
    decide_instantly(root.id)
    register(root)
    pay(sale.buyer, "registration-fee")

    decide_instantly(root.id)

    assert states(root) | {"water-account-change": "submitted"} == states(root)
    assert states(root)["power-account-change"] == "granted"


def test_withdrawn_before_the_title_what_is_unpaid_is_no_longer_due(sale):
    root = sent(sale)
    decide_instantly(root.id)

    actions.withdraw(root.id, person=sale.buyer.id, words="", by=actor(sale.buyer))

    assert [b.state for b in Bill.objects.all()] == ["cancelled"]
    assert Case.objects.get(pk=root.pk).state == "closed"
