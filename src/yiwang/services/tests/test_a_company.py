"""A company is started: shareholders agree, a firm is born, its other items follow by its code."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from yiwang.cases import actions as cases
from yiwang.cases.consents import due_consents
from yiwang.cases.models import Case, Consent, Task
from yiwang.cases.states import State
from yiwang.identity.models import Mandate, Organisation
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.kernel.identifiers import is_credit_code
from yiwang.licences.queries import wallet
from yiwang.notices.models import Message
from yiwang.pack import queries
from yiwang.registers.models import Row
from yiwang.rules import Column
from yiwang.services.actions.agree import agree
from yiwang.services.actions.draft import answer, start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.agreeing import agreed_lines
from yiwang.services.in_the_way import in_the_way
from yiwang.services.matter import COUNT, Ask
from yiwang.services.plan import plan_of
from yiwang.services.queries import load
from yiwang.services.tests.family import actor, load_city, outcomes, put, sign_and_send
from yiwang.services.tests.startup import (
    NAME,
    TITLE,
    Startup,
    agrees,
    began,
    change,
    fill,
    sent,
    settle_startup,
)

ITEMS = {
    "company-registration", "seal-filing", "tax-registration", "social-insurance-registration",
    "housing-fund-account", "bank-appointment",
}  # fmt: skip


@pytest.fixture
def startup(city) -> Startup:
    return settle_startup(city)


def name_ask() -> Ask:
    return Ask(Column("firm", "wished_name"), 0)


def share(n: int) -> Ask:
    return Ask(Column("partner", "contribution"), n)


def test_the_order_comes_out_of_what_items_need(city):
    plan = plan_of(city, "company-start", "bundle")

    assert plan.levels == (("company-registration",), tuple(
        item.id for item in plan.items if item.id != "company-registration"))  # fmt: skip
    assert max(plan.days.values()) == 2


def test_once_all_have_agreed_everything_is_done_at_once(city, startup):
    root = sent(startup)
    assert decide_instantly(root.id) == []

    agrees(root, startup.partners[0])
    assert decide_instantly(root.id) == []
    agrees(root, startup.partners[1])
    assert len(decide_instantly(root.id)) == len(ITEMS)

    assert outcomes(root) == dict.fromkeys(ITEMS, "granted")
    firm = Organisation.objects.get(name=NAME)
    assert is_credit_code(firm.credit_code) and firm.credit_code[:8] == "91990100"
    row = Row.objects.get(register="legal-persons", key=firm.credit_code).values
    assert row["address"] == "商贸大道66号801" and row["registered_capital"] == "50.00"
    for register in ("seals", "taxpayers", "employers", "housing-fund-employers"):
        assert Row.objects.filter(register=register, key=firm.credit_code).exists(), register
    mandate = Mandate.objects.get(organisation=firm)
    assert (mandate.agent, mandate.ground) == (startup.founder, "legal-representative")


def test_the_new_firms_licence_is_in_its_pocket_and_it_applies_for_more(city, startup):
    root = sent(startup)
    for partner in startup.partners:
        agrees(root, partner)
    decide_instantly(root.id)
    firm = Organisation.objects.get(name=NAME)

    mine, its = wallet(startup.founder)
    assert (mine.ground, its.holder) == ("self", firm)
    assert {one.kind for one in its.licences} == {"business-licence", "seal-filing-certificate"}

    again = start("service", "seal-filing", "firm", person=startup.founder, firm=firm.id,
                  by=actor(startup.founder))  # fmt: skip
    known = load(again)
    assert known.facts["firm", 0, "org_status", ""].value == "open"
    assert known.member("seals").exists is True


def test_nobody_is_asked_twice_and_only_what_is_not_known(startup):
    root = began(startup)

    asked = fill(root, startup)

    assert len(asked) == len(set(asked)) + 3  # name, number and share of the second shareholder
    assert not {"founder.name", "founder.id_number", "founder.birth_date"} & set(asked)
    assert asked.count("case.contact_phone") == 1


def test_one_alone_needs_nobody(startup):
    root = sent(startup, partner__count="0", founder__contribution="500000")

    decide_instantly(root.id)

    assert outcomes(root) == dict.fromkeys(ITEMS, "granted")
    assert not Consent.objects.exists()


def test_a_shareholder_sees_the_company_and_the_shares_and_no_numbers_of_others(startup):
    root = sent(startup)
    lines = agreed_lines(load(root), startup.partners[0].id)

    seen = {line.ask.name: line.known.usable for line in lines}

    assert seen["firm--0--wished_name--"] == NAME
    assert {"founder--0--name--", "founder--0--contribution--", "partner--1--name--",
            "partner--1--contribution--", "partner--0--id_number--"} <= seen.keys()  # fmt: skip
    assert not {"founder--0--id_number--", "partner--1--id_number--", "case--0--contact_phone--"
                } & seen.keys()  # fmt: skip


def test_shares_that_do_not_add_up_are_told_while_filling_in_and_not_granted_by_rule(startup):
    root = began(startup)
    fill(root, startup, founder__contribution="1")

    (said,) = in_the_way(load(root))
    assert "registered capital" in said.text.en
    assert {str(one.column) for one in said.answers} == {
        "founder.contribution", "partner.contribution", "firm.capital_planned",
    }  # fmt: skip
    sign_and_send(root, startup.founder)
    for partner in startup.partners:
        agrees(root, partner)
    decide_instantly(root.id)

    assert outcomes(root)["company-registration"] == "submitted"
    assert not Organisation.objects.filter(name=NAME).exists()


def test_a_name_that_is_taken_is_told_at_once_and_another_is_free_again(city, startup):
    root = began(startup)
    fill(root, startup)
    taken(city, "江城旧雨茶业有限公司")

    change(root, startup, name_ask(), "江城旧雨茶业有限公司")
    assert load(root).member("namesake").exists is True
    (said,) = in_the_way(load(root))
    assert said.text.en == "A firm of this name is registered already; choose another"
    assert said.answers == (name_ask(),)
    change(root, startup, name_ask(), NAME)

    assert load(root).member("namesake").exists is False
    assert in_the_way(load(root)) == ()
    change(root, startup, name_ask(), "江城旧雨茶业有限公司")
    assert load(root).member("namesake").exists is True


def taken(city, name: str) -> None:
    put(city, "legal-persons", {"credit_code": "91990100MA000000X0", "name": name,
                                "status": "open"})  # fmt: skip


def test_the_same_shareholder_twice_or_oneself_is_refused(startup):
    root = began(startup)
    same = startup.partners[0].id_number

    with pytest.raises(BadInputs) as caught:
        fill(root, startup, **{"partner.1.id_number": same})
    assert [one.field for one in caught.value.inputs] == ["partner--1--id_number--"]
    with pytest.raises(BadInputs):
        fill(root, startup, **{"partner.1.id_number": startup.founder.id_number})

    assert load(root).member("partner", 1).person is None


def test_one_who_declines_sends_it_back_and_nothing_is_lost(startup):
    root = sent(startup)
    first, second = startup.partners
    agrees(root, first)
    cases.decline(root.id, person=second.id, words="我只出五万", by=actor(second))

    root.refresh_from_db()
    assert root.state == State.DRAFT and not root.children.exists()
    assert load(root).facts["firm", 0, "wished_name", ""].value == NAME
    told = Message.objects.filter(recipient=startup.founder.id).latest("created_at")
    assert second.name in told.text["zh"] and "我只出五万" in told.text["zh"]

    with pytest.raises(Refusal) as caught:
        sign_and_send(root, startup.founder, key="key-2")
    assert second.name in str(caught.value)
    assert Case.objects.get(pk=root.id).state == State.DRAFT

    change(root, startup, share(1), "50000")
    change(root, startup, share(0), "200000")
    root = sign_and_send(root, startup.founder, key="key-3")
    assert (
        Task.objects.filter(verb="confirm", state="open").values("person").distinct().count() == 2
    )
    agrees(root, first)
    agrees(root, second)
    decide_instantly(root.id)
    assert outcomes(root) == dict.fromkeys(ITEMS, "granted")


def test_who_agreed_is_not_asked_again_where_their_text_stands(startup):
    root = sent(startup)
    first, second = startup.partners
    agrees(root, first)
    with moment.at(moment.now() + timedelta(days=_allowed(root) + 1)):
        _sweep()
        root.refresh_from_db()
        assert root.state == State.DRAFT
        root = sign_and_send(root, startup.founder, key="key-2")

        asked = Task.objects.filter(verb="confirm", state="open")
        assert set(asked.values_list("person", flat=True)) == {second.id}


def test_silence_is_reminded_and_comes_back_to_the_applicant(startup):
    root = sent(startup)
    first = startup.partners[0]
    before = Message.objects.filter(recipient=first.id).count()

    allowed = _allowed(root)
    for days in range(1, allowed + 1):
        with moment.at(moment.now() + timedelta(days=days)):
            _sweep()
    assert Message.objects.filter(recipient=first.id).count() == before + 2
    root.refresh_from_db()
    assert root.state == State.UNDER_WAY
    with moment.at(moment.now() + timedelta(days=allowed + 1)):
        _sweep()
        _sweep()

    root.refresh_from_db()
    assert root.state == State.DRAFT
    said = list(Consent.objects.filter(root=root).values_list("said", flat=True))
    assert sorted(said) == ["dropped", "silent"]


def _allowed(root: Case) -> int:
    """Days until the last on which one may answer."""
    due = Consent.objects.filter(root=root).first().due_on
    return (due - moment.today()).days


def _sweep() -> None:
    soon, late = due_consents()
    for one in soon:
        cases.remind(one)
    for one in late:
        cases.lapse(one)


def test_another_shareholder_may_be_named_instead(city, startup):
    root = sent(startup)
    second = startup.partners[1]
    cases.decline(root.id, person=second.id, words="不参加了", by=actor(second))
    count = Ask(Column("partner", COUNT), 0)
    change(root, startup, count, "1")
    change(root, startup, share(0), "250000")

    root = sign_and_send(root, startup.founder, key="key-2")
    agrees(root, startup.partners[0])
    decide_instantly(root.id)

    assert outcomes(root) == dict.fromkeys(ITEMS, "granted")


def test_a_wrong_code_is_no_consent_and_a_strangers_is_none(startup):
    root = sent(startup)
    first = startup.partners[0]

    with pytest.raises(BadInput):
        agree(root.id, person=first.id, code="000000", by=actor(first))

    assert Consent.objects.filter(said="agreed").count() == 0
    with pytest.raises(Refusal):
        agree(root.id, person=startup.founder.id, code="0", by=actor(startup.founder))


def test_withdrawn_before_all_have_agreed_nobody_is_asked_any_more(startup):
    root = sent(startup)

    cases.withdraw(root.id, person=startup.founder.id, words="", by=actor(startup.founder))

    assert not Consent.objects.filter(said="asked").exists()
    assert not Task.objects.filter(verb="confirm", state="open").exists()


def test_a_clerk_decides_what_is_not_standard(startup):
    root = began(startup)
    fill(root, startup, case__articles="own")
    cases.give_paper(root, material="articles", role="firm", index=0, document=root.id)
    root = sign_and_send(root, startup.founder)
    for partner in startup.partners:
        agrees(root, partner)

    decide_instantly(root.id)

    assert outcomes(root)["company-registration"] == "submitted"
    assert outcomes(root)["seal-filing"] == "waiting"


def test_premises_told_by_another_number_are_read_anew(city, startup):
    other = settle_startup(city, serial=50, title="江(2020)不动产权第0000009号")
    root = began(startup)
    fill(root, startup)
    assert load(root).facts["owner", 0, "id_number", ""].value == startup.founder.id_number

    ask = Ask(Column("premises", "title_no"), 0)
    change(root, startup, ask, "江(2020)不动产权第0000009号")
    assert load(root).facts["owner", 0, "id_number", ""].value == other.founder.id_number
    change(root, startup, ask, TITLE)

    assert load(root).facts["owner", 0, "id_number", ""].value == startup.founder.id_number


@pytest.mark.django_db(transaction=True)
def test_of_two_companies_of_the_same_name_at_the_same_instant_one_is_born():
    queries.forget()
    city = load_city()
    roots = []
    for serial, title in ((30, TITLE), (60, "江(2020)不动产权第0000060号")):
        startup = settle_startup(city, serial=serial, title=title)
        root = began(startup)
        fill(root, startup, partner__count="0", founder__contribution="500000",
             premises__title_no=title)  # fmt: skip
        roots.append(sign_and_send(root, startup.founder, key=f"key-{serial}"))
    threads = [threading.Thread(target=_decide, args=(root.id,)) for root in roots]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    queries.forget()

    assert Organisation.objects.filter(name=NAME).count() == 1
    assert Row.objects.filter(register="legal-persons", values__name=NAME).count() == 1
    found = sorted(outcomes(root)["company-registration"] for root in roots)
    assert found == ["granted", "submitted"]


def _decide(root: object) -> None:
    try:
        decide_instantly(root)  # type: ignore[arg-type]
    finally:
        connection.close()


def test_the_days_are_those_of_the_law(startup):
    root = began(startup)
    fill(root, startup)

    late = date(moment.today().year + 6, 1, 1).isoformat()
    answer(root.id, [Ask(Column("firm", "paid_in_by"), 0)], {"firm--0--paid_in_by--": late},
           by=actor(startup.founder))  # fmt: skip

    assert "five years" in in_the_way(load(root))[0].text.en
