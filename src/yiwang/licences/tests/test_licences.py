"""Licences: issued exactly once, worth what they state as long as they hold, shown to theirs."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from yiwang.identity.actions import grant_mandate, person_for
from yiwang.kernel import moment
from yiwang.kernel.errors import NotFound, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about, body_of
from yiwang.licences import actions, queries
from yiwang.licences.actions import Issue
from yiwang.licences.declarations import LicenceKind, Validity
from yiwang.licences.logic import last_day
from yiwang.licences.models import Licence
from yiwang.registers.tests.town import CLERK, FATHER, MOTHER

ON = date(2026, 11, 21)
FIELDS = {"name": "林小满", "sex": "female", "birth_date": date(2026, 11, 18)}
REASON = Text(zh="登记有误", en="The entry is wrong")


@pytest.fixture
def kinds(pack):
    return pack.all(LicenceKind)


@pytest.fixture
def child(pack):
    return person_for(None, "林小满", by=CLERK)


@pytest.fixture
def mother(pack):
    return person_for(MOTHER, "林岚", by=CLERK)


def issue(kind, holder, fields=None, case=None, on=ON, number=None):
    case = case or uuid4()
    return actions.issue(
        kind, holder=holder.id, fields=fields or {"name": holder.name}, case=case, root=case,
        by=CLERK, on=on, number=number, basis="《母婴法》",
    )  # fmt: skip


def test_a_licence_is_issued_with_its_number_and_its_act(kinds, child):
    licence = issue(kinds["birth-certificate"], child, FIELDS)

    assert re.fullmatch(r"CS990100-2026-\d{6}", licence.number)
    assert licence.fields == {"name": "林小满", "sex": "female", "birth_date": "2026-11-18"}
    assert (licence.issued_on, licence.until, licence.state) == (ON, None, "valid")
    [act] = acts_about(child.id).filter(what="licence.issued")
    assert (act.id, act.case, act.basis) == (licence.act, licence.case, "《母婴法》")
    assert body_of(act)["number"] == licence.number
    assert act.changes[0][1] == str(licence.id)


def test_numbers_follow_each_other_within_a_kind_and_year(kinds, child):
    serials = [
        int(issue(kinds["birth-certificate"], child, FIELDS, on=on).number[-6:])
        for on in (ON, ON, date(2027, 1, 1))
    ]

    assert serials[1] == serials[0] + 1
    assert serials[2] == 1


def test_a_number_without_a_year_runs_on_over_the_years(kinds, mother):
    numbers = {issue(kinds["pass"], mother, on=date(y, 1, 1)).number for y in range(2020, 2024)}

    assert len(numbers) == 4


def test_the_same_case_and_kind_issue_one_licence(kinds, child):
    case = uuid4()

    first = issue(kinds["birth-certificate"], child, FIELDS, case=case)
    again = issue(kinds["birth-certificate"], child, {**FIELDS, "name": "另"}, case=case)

    assert again == first
    assert Licence.objects.count() == 1
    assert Act.objects.filter(what="licence.issued").count() == 1


def test_several_are_issued_at_once_in_their_order(kinds, child, mother):
    case, root = uuid4(), uuid4()
    wanted = [
        Issue(kinds["pass"], mother.id, {"name": "林岚"}, case, root),
        Issue(kinds["card"], mother.id, {"id_number": MOTHER}, case, root, number=MOTHER),
    ]

    made = actions.issue_all(wanted, by=CLERK, on=ON)

    assert [one.kind for one in made] == ["pass", "card"]
    assert made[1].number == MOTHER
    assert actions.issue_all(wanted, by=CLERK, on=ON) == made


def test_a_kind_without_a_serial_needs_its_number(kinds, mother):
    with pytest.raises(ValueError, match="must be given"):
        issue(kinds["card"], mother)

    assert not Licence.objects.exists()


@pytest.mark.parametrize(
    ("valid", "on", "until"),
    [
        (Validity(), ON, None),
        (Validity(years=20), ON, date(2046, 11, 21)),
        (Validity(months=3), date(2026, 11, 30), date(2027, 2, 28)),
        (Validity(years=1), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_how_long_a_licence_holds(valid, on, until):
    assert last_day(valid, on) == until


def test_only_what_holds_today_is_held(kinds, mother):
    licence = issue(kinds["pass"], mother)
    wanted = ([mother.id], ["pass", "card"])

    assert queries.held(*wanted, ON) == {(mother.id, "pass"): licence.number}
    assert queries.held(*wanted, date(2028, 11, 21)) == {(mother.id, "pass"): licence.number}
    assert queries.held(*wanted, date(2028, 11, 22)) == {}
    assert queries.held(*wanted, date(2026, 11, 20)) == {}
    assert licence.standing(date(2028, 11, 22)) == "expired"


def test_the_newest_of_several_is_held(kinds, mother):
    issue(kinds["pass"], mother, on=date(2026, 1, 1))
    newer = issue(kinds["pass"], mother)

    assert queries.held([mother.id], ["pass"], ON) == {(mother.id, "pass"): newer.number}


def test_a_licence_proves_what_it_states(pack, kinds, child):
    licence = issue(kinds["birth-certificate"], child, {**FIELDS, "alive": True})

    assert queries.proves(pack, licence) == FIELDS


def test_what_the_dictionary_no_longer_understands_proves_nothing(pack, kinds, child):
    licence = issue(kinds["birth-certificate"], child, {"name": "林小满", "sex": "other"})

    assert queries.proves(pack, licence) == {"name": "林小满"}


def test_a_suspended_licence_rests_until_it_is_restored(kinds, mother):
    licence = issue(kinds["pass"], mother)

    actions.suspend(licence.id, by=CLERK, reason=REASON)
    assert queries.held([mother.id], ["pass"], ON) == {}

    actions.restore(licence.id, by=CLERK, reason=REASON)
    assert queries.held([mother.id], ["pass"], ON)
    told = acts_about(mother.id).filter(what__startswith="licence.").order_by("recorded_at")
    assert [act.what for act in told] == [
        "licence.issued", "licence.suspended", "licence.restored",
    ]  # fmt: skip
    assert body_of(told[1])["reason"] == {"zh": "登记有误", "en": "The entry is wrong"}
    assert told[1].changes[0][2] == told[0].changes[0][3]


def test_a_revoked_licence_stays_revoked(kinds, mother):
    licence = issue(kinds["pass"], mother)
    actions.revoke(licence.id, by=CLERK, reason=REASON)
    before = Act.objects.count()

    for move in (actions.revoke, actions.suspend, actions.restore):
        with pytest.raises(Refusal):
            move(licence.id, by=CLERK, reason=REASON)

    assert Licence.objects.get().state == "revoked"
    assert Act.objects.count() == before


def test_licences_from_before_are_taken_over_in_bulk(kinds, mother):
    rows = [
        {"holder": mother.id, "fields": {"name": "林岚"}, "issued_on": date(1980 + n, 11, 21)}
        for n in range(47)
    ]

    assert actions.load_licences(kinds["pass"], rows, by=CLERK) == 47

    assert Licence.objects.filter(until=date(2028, 11, 21), case=None).count() == 1
    newest = queries.held([mother.id], ["pass"], ON)[mother.id, "pass"]
    assert Licence.objects.get(number=newest).issued_on == ON
    assert issue(kinds["pass"], mother).number not in {f"T{n}" for n in range(1, 48)}
    assert Act.objects.filter(what="licence.loaded").count() == 1


def guardian(agent, person):
    grant_mandate(
        agent=agent, person=person, ground="guardian", basis="《民法典》", by=CLERK,
        since=moment.today(),
    )  # fmt: skip


def test_a_wallet_holds_ones_own_and_the_childrens(kinds, mother, child):
    guardian(mother, child)
    mine = issue(kinds["pass"], mother)
    theirs = issue(kinds["birth-certificate"], child, FIELDS)

    own, wards = queries.wallet(mother)

    assert (own.holder, own.ground, own.licences) == (mother, "self", [mine])
    assert (wards.holder, wards.ground, wards.licences) == (child, "guardian", [theirs])
    assert queries.shown_to(mother, theirs.id) == theirs


def test_nobody_opens_a_strangers_licence(kinds, mother):
    stranger = person_for(FATHER, "他", by=CLERK)
    licence = issue(kinds["pass"], mother)

    with pytest.raises(NotFound):
        queries.shown_to(stranger, licence.id)
    with pytest.raises(NotFound):
        queries.shown_to(stranger, uuid4())
