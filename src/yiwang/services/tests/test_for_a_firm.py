"""A firm applies: whoever may act for it chooses it, and the matter is the firm's."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.identity.actions import end_mandate, grant_mandate, organisation_for
from yiwang.identity.errors import NoMandate
from yiwang.identity.models import Mandate, Organisation, Person
from yiwang.kernel.identifiers import credit_code, identity_number
from yiwang.ledger.queries import acts_about
from yiwang.licences.models import Licence
from yiwang.licences.queries import wallet
from yiwang.notices.models import Message
from yiwang.registers.models import Row
from yiwang.services.actions.draft import start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.queries import load
from yiwang.services.tests.family import (
    BY,
    account,
    actor,
    put,
    reply,
    resident,
    sign_and_send,
)
from yiwang.services.tests.visitor import visitor, words

CODE = credit_code("91", "990102", "00000077")
ANSWERS = {"case__seals_wanted": "basic", "case__contact_phone": "13800000000"}


def owner(city, serial: int = 2, name: str = "许知远") -> Person:
    person = resident(city, identity_number("990102", date(1985, 5, 1), serial), name)
    account(person, f"1380000{serial:04d}")
    return person


def firm_of(city, person: Person, *, code: str = CODE, name: str = "江城远帆商贸有限公司",
            status: str = "open") -> Organisation:  # fmt: skip
    put(
        city, "legal-persons",
        {"credit_code": code, "name": name, "kind": "company", "address": "渡口街9号",
         "legal_representative": person.name, "registered_capital": "100.00",
         "legal_representative_id_number": person.id_number, "status": status},
    )  # fmt: skip
    firm = organisation_for(code, name, by=BY)
    lead(person, firm)
    return firm


def lead(person: Person, firm: Organisation, **terms: object) -> Mandate:
    ground = terms.pop("ground", Mandate.Ground.LEGAL_REPRESENTATIVE)
    return grant_mandate(
        agent=person, organisation=firm, ground=ground, basis="登记", by=BY, **terms
    )


def seals(firm: Organisation, person: Person) -> Case:
    return start("service", "seal-filing", "firm", person=person, firm=firm.id, by=actor(person))


def test_a_firm_gets_its_seals_and_keeps_the_proof(city):
    person = owner(city)
    firm = firm_of(city, person)
    root = seals(firm, person)

    assert [ask.name for ask in reply(root, person, **ANSWERS)] == [
        "case--0--seals_wanted--", "case--0--contact_phone--",
    ]  # fmt: skip
    sign_and_send(root, person)
    (case,) = decide_instantly(root.id)

    assert (case.state, case.outcome, case.organisation_id) == ("decided", "granted", firm.id)
    (licence,) = Licence.objects.filter(organisation=firm)
    assert licence.fields["org_name"] == firm.name and licence.holder is None
    assert Row.objects.get(register="seals", key=CODE).values["seals"] == "basic"
    assert [pocket.holder for pocket in wallet(person)] == [person, firm]
    assert acts_about(firm.id).filter(what="case.granted").count() == 1


def test_what_the_firm_is_comes_from_its_register(city):
    person = owner(city)
    root = seals(firm_of(city, person), person)

    known = load(root).facts

    assert known["firm", 0, "org_status", ""].source == "register"
    assert known["firm", 0, "credit_code", ""].source == "sign-in"


def test_a_firm_that_is_closed_is_not_decided_at_once(city):
    person = owner(city)
    root = seals(firm_of(city, person, status="closed"), person)
    reply(root, person, **ANSWERS)
    sign_and_send(root, person)

    assert decide_instantly(root.id) == []
    assert Case.objects.get(pk=root.id).state == State.SUBMITTED


def test_the_matter_is_the_firms_not_the_persons(city):
    person, colleague = owner(city), owner(city, 4, "董乐")
    firm = firm_of(city, person)
    root = seals(firm, person)
    url = f"/my/drafts/{root.number}/"
    assert visitor(colleague).get(url).status_code == 404
    agent = lead(colleague, firm, ground=Mandate.Ground.AGENT, scope=["seal-filing"])

    assert visitor(colleague).get(url).status_code == 200
    assert root.number in visitor(colleague).get("/my/matters/").content.decode()
    assert seals(firm, colleague).id == root.id
    end_mandate(agent.id, by=BY)

    assert visitor(colleague).get(url).status_code == 404


def test_who_is_legal_representative_no_longer_has_no_say(city):
    person, heir = owner(city), owner(city, 4, "董乐")
    firm = firm_of(city, person)
    root = seals(firm, person)
    reply(root, person, **ANSWERS)
    end_mandate(Mandate.objects.get(agent=person).id, by=BY)
    lead(heir, firm)

    with pytest.raises(NoMandate):
        seals(firm, person)
    page = visitor(person)
    assert page.get(f"/my/drafts/{root.number}/check/").status_code == 404
    sent = page.post(f"/my/drafts/{root.number}/send/", {"key": "k", "code": "000000"})
    assert sent.status_code == 404
    assert root.number not in page.get("/my/matters/").content.decode()
    assert Case.objects.get(pk=root.id).state == State.DRAFT

    sign_and_send(root, heir)
    decide_instantly(root.id)
    assert Message.objects.filter(recipient=heir.id, case=root.id).exists()
    done = Message.objects.filter(recipient=person.id, case=root.id)
    assert not [one for one in done if "办好" in one.subject["zh"]]


def test_an_agent_for_other_matters_is_told_so(city):
    person, colleague = owner(city), owner(city, 4, "董乐")
    firm = firm_of(city, person)
    lead(colleague, firm, ground=Mandate.Ground.AGENT, scope=["something-else"])

    page = visitor(colleague).post("/my/start/services/seal-filing/", {"role": "firm"})

    assert "You act for no firm in this" in words(page)
    assert "You act for these in other matters only" in words(page) and firm.name in words(page)
    with pytest.raises(NoMandate):
        seals(firm, colleague)
    assert not Case.objects.exists()


def test_one_chooses_for_which_firm(city):
    person = owner(city)
    first = firm_of(city, person)
    second = firm_of(city, person, code=credit_code("91", "990102", "00000078"), name="江城望海")
    visit = visitor(person)

    page = words(visit.post("/my/start/services/seal-filing/", {"role": "firm"}))
    assert first.name in page and second.name in page
    began = visit.post("/my/start/services/seal-filing/", {"role": "firm", "firm": str(second.id)})

    root = Case.objects.get()
    assert began.headers["Location"] == f"/my/drafts/{root.number}/"
    assert root.organisation == second
    assert second.name in words(visit.get(f"/my/drafts/{root.number}/"))


def test_a_firm_one_does_not_act_for_is_refused(city):
    person, other = owner(city), owner(city, 4, "董乐")
    firm = firm_of(city, person)

    answer = visitor(other).post(
        "/my/start/services/seal-filing/", {"role": "firm", "firm": str(firm.id)}
    )

    assert answer.status_code == 403
    assert not Case.objects.exists()


def test_the_representative_sees_who_read_of_the_firm(city):
    person = owner(city)
    firm = firm_of(city, person)
    seals(firm, person)

    page = words(visitor(person).get(f"/my/data/?for={firm.id}"))

    assert "Register of legal persons" in page
    assert visitor(owner(city, 4)).get(f"/my/data/?for={firm.id}").status_code == 404
