from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from yiwang.identity import actions, queries
from yiwang.identity.models import Account, Mandate, Person
from yiwang.identity.tests.town import BY, CHEN, LIN, PASSWORD
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotFound, Refusal
from yiwang.ledger.models import Act

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(Act.objects.order_by("id").values_list("what", flat=True))


def test_a_person_is_met_once():
    first = actions.person_for(LIN.lower(), "林小满", by=BY)
    again = actions.person_for(f" {LIN} ", "someone else", by=BY)

    assert first.id == again.id
    assert again.name == "林小满"
    assert told() == ["identity.person_added"]
    assert Act.objects.get().subjects == [first.id]


def test_a_name_is_filled_in_later():
    actions.person_for(LIN, by=BY)

    person = actions.person_for(LIN, "林小满", by=BY)

    assert queries.person(person.id).name == "林小满"
    assert told() == ["identity.person_added", "identity.person_named"]


@pytest.mark.parametrize("number", ["1", LIN[:-1] + "8", "99010219920230001X", "林" * 18])
def test_a_wrong_number_is_refused_and_nothing_stays(number):
    with pytest.raises(BadInput) as wrong:
        actions.person_for(number, by=BY)

    assert wrong.value.field == "id_number"
    assert not Person.objects.exists()
    assert told() == []


def test_newborns_are_each_their_own_until_numbered():
    one = actions.person_for(None, by=BY)
    other = actions.person_for(None, by=BY)

    assert one.id != other.id
    numbered = actions.give_number(one.id, LIN, by=BY)
    assert numbered.id_number == LIN
    assert actions.give_number(one.id, LIN, by=BY).id == one.id
    with pytest.raises(Refusal):
        actions.give_number(other.id, LIN, by=BY)
    with pytest.raises(Refusal):
        actions.give_number(one.id, CHEN, by=BY)
    assert told().count("identity.number_given") == 1


def test_many_are_met_at_once_under_one_act():
    known = actions.person_for(LIN, "林小满", by=BY)

    found = actions.persons_for([LIN, CHEN], by=BY)

    assert found[LIN] == known.id
    assert set(found) == {LIN, CHEN}
    assert told() == ["identity.person_added", "identity.people_added"]
    assert actions.persons_for([], by=BY) == {}


def test_knowing_all_of_them_takes_one_query(django_assert_num_queries):
    actions.persons_for([LIN, CHEN], by=BY)

    with django_assert_num_queries(1):
        actions.persons_for([LIN, CHEN], by=BY)


def test_an_organisation_needs_a_sound_code():
    with pytest.raises(BadInput):
        actions.organisation_for("91110000MA00000000", "Ferry Ltd", by=BY)
    assert told() == []


def test_staff_are_registered_and_changed_by_their_number():
    first = actions.register_staff(
        name="周明", number="H1", department="health", roles=["b", "a", "a"], by=BY
    )
    same = actions.register_staff(
        name="周明", number="H1", department="health", roles=["a", "b"], by=BY
    )
    moved = actions.register_staff(name="周明", number="H1", department="police", roles=[], by=BY)

    assert first.id == same.id == moved.id
    assert list(queries.staff_of("police")) == [moved]
    assert list(queries.staff_of("health")) == []
    assert told() == ["identity.staff_registered"] * 2


def test_an_account_is_of_one_only():
    person = actions.person_for(LIN, by=BY)
    other = actions.person_for(CHEN, by=BY)
    account = actions.open_account("Lin", PASSWORD, person=person, by=BY)

    assert account.username == "lin"
    assert account.check_password(PASSWORD)
    assert account.password.startswith("argon2")
    with pytest.raises(Refusal):
        actions.open_account("lin", PASSWORD, person=other, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="nobody")


def test_no_act_holds_a_password():
    person = actions.person_for(LIN, by=BY)
    account = actions.open_account("lin", PASSWORD, person=person, by=BY)

    act = Act.objects.get(what="identity.account_opened")
    assert account.password not in str(act.changes)
    assert act.changes[0][0] == "identity_account"


def test_a_mandate_holds_in_its_scope_and_time():
    mother, child = actions.person_for(LIN, by=BY), actions.person_for(None, by=BY)
    today = moment.today()
    mandate = actions.grant_mandate(
        agent=mother,
        person=child,
        ground=Mandate.Ground.GUARDIAN,
        basis="Civil Code 27",
        scope=["births"],
        until=today,
        by=BY,
    )

    assert queries.may_act_for(mother, child, service="births") == mandate
    assert queries.may_act_for(mother, child, service="deaths") is None
    assert queries.may_act_for(child, mother, service="births") is None
    with moment.at(moment.now() + timedelta(days=1)):
        assert queries.may_act_for(mother, child, service="births") is None


def test_the_same_mandate_is_granted_once_and_ended_once():
    mother, child = actions.person_for(LIN, by=BY), actions.person_for(None, by=BY)
    terms = {"agent": mother, "person": child, "ground": Mandate.Ground.GUARDIAN, "basis": "law"}
    mandate = actions.grant_mandate(**terms, by=BY)

    assert actions.grant_mandate(**terms, by=BY).id == mandate.id
    actions.end_mandate(mandate.id, by=BY)
    actions.end_mandate(mandate.id, by=BY)

    assert queries.may_act_for(mother, child, service="births") is None
    assert told()[2:] == ["identity.mandate_granted", "identity.mandate_ended"]
    granted = Act.objects.get(what="identity.mandate_granted")
    assert granted.subjects == sorted([mother.id, child.id])
    assert granted.basis == "law"


def test_nobody_needs_a_mandate_for_themselves():
    person = actions.person_for(LIN, by=BY)

    with pytest.raises(BadInput) as wrong:
        actions.grant_mandate(
            agent=person, person=person, ground=Mandate.Ground.AGENT, basis="", by=BY
        )

    assert wrong.value.field == "agent"
    assert not Mandate.objects.exists()


def test_a_mandate_does_not_end_before_it_begins():
    mother, child = actions.person_for(LIN, by=BY), actions.person_for(None, by=BY)

    with pytest.raises(BadInput):
        actions.grant_mandate(
            agent=mother,
            person=child,
            ground=Mandate.Ground.AGENT,
            basis="",
            until=moment.today() - timedelta(days=1),
            by=BY,
        )


def test_names_of_everyone_in_one_query(django_assert_num_queries):
    person = actions.person_for(LIN, "林小满", by=BY)
    staff = actions.register_staff(name="周明", number="1", department="d", roles=[], by=BY)

    with django_assert_num_queries(1):
        names = queries.names_of([person.id, staff.id, BY_NOBODY])

    assert names == {person.id: "林小满", staff.id: "周明"}
    assert queries.names_of([]) == {}


BY_NOBODY = Person().id


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        queries.person(BY_NOBODY)
    with pytest.raises(NotFound):
        actions.end_mandate(BY_NOBODY, by=BY)
