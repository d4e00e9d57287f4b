"""A department asks for columns, the steward grants less with reasons; the gate honours that."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from yiwang.identity.actions import open_account, register_staff
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, BadInputs, NotAllowed, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.registers import followers, gate
from yiwang.registers.gate import Ask
from yiwang.registers.models import GivenGrant
from yiwang.registers.tests.town import CLERK, MOTHER
from yiwang.stewardship import actions, needs
from yiwang.stewardship.asking import Wish
from yiwang.stewardship.errors import DecidedAlready
from yiwang.stewardship.grants import grants_of
from yiwang.stewardship.models import AccessRequest
from yiwang.stewardship.needs import Items

CARD = {"card": Text(zh="医保卡", en="Card")}


def member(department, role):
    name = f"{department}-{role}"
    one = register_staff(name=name, number=name, department=department, roles=[role], by=CLERK)
    open_account(f"d.{name}", None, staff=one, by=CLERK)
    return one


@pytest.fixture
def office(here, monkeypatch):
    """The insurance handles the card, which reads name and sex; the police keep the register."""
    items = Items(
        of=lambda department: CARD if department == "insurance" else {},
        reads=lambda item: frozenset({"name", "sex"} if item == "card" else ()),
    )
    monkeypatch.setattr(needs.ITEMS, "_entries", {"x": items})
    known = {"service:card": ["card"]}
    monkeypatch.setattr(followers.ITEMS, "_entries", {"x": known.get})
    here.asker, here.police = member("insurance", "sharing"), member("police", "sharing")
    return here


def wish(columns=("name", "sex"), days=90, a_day=50):
    return Wish(list(columns), moment.today() + timedelta(days=days), a_day)


def ask(office, register="population", **changed):
    given = {"wish": wish(), "services": ["card"], "purpose": "制卡核对姓名", "law": "社会保险法",
             "article": "第五十七条", "staff": office.asker}  # fmt: skip
    return actions.request(register, **given | changed)


def read(office, columns=("name", "sex")):
    case = uuid4()
    asks = [Ask(office.registers["population"], {"id_number": MOTHER}, columns, ("insurance",))]
    return gate.read(asks, purpose="service:card", case=case, root=case, by=CLERK)[0]


def test_a_request_goes_to_the_steward_under_the_clock_of_its_class(office):
    with moment.at(moment.now().replace(year=2026, month=11, day=16)):
        asked = ask(office)
        far = ask(office, "elsewhere")

    assert (asked.steward, asked.sharing) == ("police", "conditional")
    assert asked.due_on.isoformat() == "2026-11-23"
    assert (far.sharing, far.due_on.isoformat()) == ("others", "2026-11-30")
    act = Act.objects.filter(what="access.asked").order_by("at").first()
    assert body_of(act)["columns"] == ["name", "sex"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"wish": Wish(["name", "birth_date"], moment.today() + timedelta(30), 5)}, "columns"),
        ({"wish": Wish([], moment.today() + timedelta(30), 5)}, "columns"),
        ({"wish": Wish(["name"], moment.today() + timedelta(400), 5)}, "until"),
        ({"wish": Wish(["name"], None, 5)}, "until"),
        ({"wish": Wish(["name"], moment.today() + timedelta(30), 0)}, "a_day"),
        ({"services": ["fines"]}, "services"),
        ({"purpose": " "}, "purpose"),
        ({"law": ""}, "law"),
    ],
)
def test_no_more_than_the_items_need_and_nothing_left_open(office, changed, field):
    with pytest.raises(BadInputs) as refused:
        ask(office, **changed)

    assert [one.field for one in refused.value.inputs] == [field]
    assert not AccessRequest.objects.exists()
    assert not Act.objects.filter(what="access.asked").exists()


def test_what_one_keeps_or_may_read_or_is_not_shared_is_not_asked_for(office):
    with pytest.raises(Refusal):
        ask(office, staff=office.police)
    first = ask(office)
    with pytest.raises(Refusal):
        ask(office)
    actions.decide(first.id, granted=True, wish=wish(), reasons="", staff=office.police)
    read(office)

    with pytest.raises(NotAllowed):
        ask(office, staff=office.officer)


def test_deny_stays_until_the_steward_grants_and_then_opens_just_that(office):
    asked = ask(office)
    assert read(office).state == "denied"

    decided = actions.decide(
        asked.id, granted=True, wish=wish(["sex"], 60, 1), reasons="姓名已在申请表上",
        staff=office.police,
    )  # fmt: skip

    assert decided.state == "partly"
    grant = GivenGrant.objects.get(id=decided.grant)
    assert (grant.columns, grant.a_day, grant.services) == (["sex"], 1, ["card"])
    answer = read(office)
    assert (answer.state, list(answer.granted)) == ("answered", ["sex"])
    assert read(office).state == "denied"
    assert Act.objects.filter(what__in=("access.decided", "grant.given")).count() == 2


def test_less_and_no_need_reasons_and_more_is_never_granted(office):
    asked = ask(office)

    for granted, given, field in (
        (False, wish(), "reasons"),
        (True, wish(["sex"]), "reasons"),
        (True, wish(["birth_date"]), "columns"),
        (True, wish(days=91), "until"),
        (True, wish(a_day=51), "a_day"),
    ):
        with pytest.raises(BadInputs) as refused:
            actions.decide(asked.id, granted=granted, wish=given, reasons="", staff=office.police)
        assert field in [one.field for one in refused.value.inputs]

    asked.refresh_from_db()
    assert asked.is_open
    assert not GivenGrant.objects.exists()


def test_only_the_steward_decides_and_once(office):
    asked = ask(office)

    with pytest.raises(NotAllowed):
        actions.decide(asked.id, granted=True, wish=wish(), reasons="", staff=office.asker)
    actions.decide(asked.id, granted=False, wish=wish(), reasons="用途不明", staff=office.police)
    with pytest.raises(DecidedAlready):
        actions.decide(asked.id, granted=True, wish=wish(), reasons="", staff=office.police)

    assert read(office).state == "denied"


def test_the_steward_takes_it_back_with_reasons_and_the_next_read_is_denied(office):
    asked = actions.decide(ask(office).id, granted=True, wish=wish(), reasons="",
                           staff=office.police)  # fmt: skip
    assert read(office).state == "answered"

    with pytest.raises(BadInput):
        actions.withdraw(asked.grant, reasons=" ", staff=office.police)
    with pytest.raises(NotAllowed):
        actions.withdraw(asked.grant, reasons="x", staff=office.asker)
    actions.withdraw(asked.grant, reasons="系统改造", staff=office.police)

    assert read(office).state == "denied"


def test_use_is_counted_for_each_grant_and_the_odd_ones_stand_first(office, pack):
    asked = actions.decide(ask(office).id, granted=True, wish=wish(days=20), reasons="忙",
                           staff=office.police)  # fmt: skip
    never = [one for one in grants_of(pack, steward="police") if one.id == asked.grant]
    assert [one.flags for one in never] == [("never", "soon")]

    case = uuid4()
    for _ in range(5):
        asks = [Ask(office.registers["population"], {"id_number": MOTHER}, ("sex",),
                    ("insurance",))]  # fmt: skip
        gate.read(asks, purpose="service:card", case=case, root=case, by=CLERK)

    [first, *_rest] = grants_of(pack, steward="police")
    assert first.id == asked.grant
    assert (first.use.reads, first.use.matters, first.use.per_matter) == (5, 1, 5.0)
    assert first.use.weeks[-1] == 5
    assert first.flags == ("many", "soon")
    assert [one.id for one in grants_of(pack, department="insurance") if one.id] == [asked.grant]


# ---- pages -------------------------------------------------------------------------------------


def test_from_asking_to_taking_back_through_the_pages(office, sign_in):
    client = sign_in(office.asker)
    assert "Population" in client.get("/desk/access/new/").content.decode()
    address = "/desk/access/new/?register=population"
    empty = client.post(address, {})
    assert empty.status_code == 422
    day = (moment.today() + timedelta(days=40)).isoformat()
    typed = {"services": ["card"], "columns": ["name", "birth_date"], "purpose": "Cards",
             "law": "Insurance Law", "article": "", "until": day, "a_day": "5"}  # fmt: skip
    more = client.post(address, typed)
    assert "None of the items you chose reads: Date of birth" in more.content.decode()
    sent = client.post(address, typed | {"columns": ["name"]}, follow=True)
    assert "The steward of the register has your request." in sent.content.decode()

    asked = AccessRequest.objects.get()
    desk = sign_in(office.police)
    assert "Cards" in desk.get("/desk/access/").content.decode()
    page = f"/desk/access/{asked.id}/"
    assert "Insurance Law" in desk.get(page).content.decode()
    assert desk.post(page, {}).status_code == 422
    decision = {"decision": "grant", "columns": ["name"], "until": day, "a_day": "5"}
    done = desk.post(page, decision, follow=True)
    assert "Decided; the department that asked sees it." in done.content.decode()
    shown = desk.get("/registers/population/").content.decode()
    assert "at most 5 reads a day" in shown

    grant = f"/desk/access/grants/{GivenGrant.objects.get().id}/"
    assert desk.post(grant, {"reasons": ""}).status_code == 422
    desk.post(grant, {"reasons": "Ended"})
    assert "at most 5 reads" not in desk.get("/registers/population/").content.decode()
    assert "Ended" in sign_in(office.asker).get(grant).content.decode()


def test_departments_that_have_nothing_to_do_with_it_see_nothing(office, sign_in):
    asked = ask(office)
    stranger = member("hospital", "sharing")

    client = sign_in(stranger)

    assert client.get(f"/desk/access/{asked.id}/").status_code == 404
    assert client.get(f"/desk/access/grants/{uuid4()}/").status_code == 404
    assert client.get("/desk/access/new/?register=nothing").status_code == 409


def test_the_supervisor_sees_use_and_lateness_of_all(office, sign_in):
    ask(office)
    supervisor = member("police", "supervisor")

    page = sign_in(supervisor).get("/desk/access/all/").content.decode()

    assert "Population" in page
    assert "not used in eight weeks" in page
    assert sign_in(office.asker).get("/desk/access/all/").status_code == 403
