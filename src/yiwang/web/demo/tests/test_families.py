"""The named families, each through the real actions as a visitor would play it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from yiwang.cases.calendar import work_calendar
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.identity.actors import person_actor
from yiwang.identity.models import Person, Staff
from yiwang.kernel import moment
from yiwang.ledger.models import Act
from yiwang.services.actions.draft import start
from yiwang.services.declarations import Bundle
from yiwang.services.queries import load
from yiwang.web.demo.answers import Applicant
from yiwang.web.demo.office import Office
from yiwang.web.demo.settling import settle
from yiwang.web.demo.stories import fill_in_and_send
from yiwang.web.demo.town import build
from yiwang.web.demo.worker import own_worker


@pytest.fixture
def play(pack, quiet):
    """Settles the named families; then sends the newborn bundle for one and has clerks handle it.

    Gives the root as it stood after the rules, and plays on when called again.
    """
    town = build(quiet, pack, on=moment.today(), scale=0)
    settle(quiet, pack, town)

    with own_worker() as worker:

        def sent(key: str) -> Case:
            family = town.families[key]
            family = replace(family, names=[family.mother.name[0] + n for n in ("小满", "小雪")])
            person = Person.objects.get(id_number=family.mother.number)
            applicant = Applicant(family, "mother", quiet.week, Random(1), worker)
            by = person_actor(person)
            root = start("bundle", "newborn", "mother", person=person, by=by)
            worker.work_off()
            fill_in_and_send(root, person, applicant)
            return root

        def handled(root: Case) -> None:
            staff = tuple(Staff.objects.all())
            for _ in Office(staff, work_calendar(pack), Random(1), worker).handle(root):
                pass

        yield sent, handled


def items(root: Case) -> list[Case]:
    return list(Case.objects.filter(root=root).exclude(pk=root.pk).order_by("number"))


def test_for_the_first_family_all_seven_are_granted_by_rule(play, pack):
    sent, _ = play

    root = sent("lin")

    cases = items(root)
    assert [case.what for case in cases] == [
        entry.service for entry in pack.get(Bundle, "newborn").items
    ]
    assert {(case.outcome, case.by_rule) for case in cases} == {("granted", True)}


def test_for_the_second_family_every_item_needs_its_clerk(play):
    sent, handled = play

    root = sent("gu")

    assert not Case.objects.filter(root=root, outcome="granted").exists()
    matter = load(root)
    handled(root)
    cases = items(root)
    assert len(cases) == 7 and matter.plan.id == "newborn"
    assert {(case.outcome, case.by_rule) for case in cases} == {("granted", False)}
    decided_by = set(
        Act.objects.filter(root=root.id, what="case.granted").values_list("by_id", "department")
    )
    assert len(decided_by) >= 5


def test_twins_have_papers_of_their_own_and_one_refund(play):
    sent, _ = play

    cases = items(sent("tang"))

    assert len(cases) == 13
    assert len([case for case in cases if case.what == "maternity-refund"]) == 1


def test_a_mother_by_herself_is_granted_all_by_rule(play):
    sent, _ = play

    assert {(case.outcome, case.by_rule) for case in items(sent("he"))} == {("granted", True)}


def test_parents_of_two_cities_go_on_while_the_other_city_is_silent(play):
    sent, handled = play

    root = sent("bai")
    handled(root)

    by_hand = {case.what for case in items(root) if not case.by_rule}
    assert "household-registration" in by_hand
    assert {case.outcome for case in items(root)} == {"granted"}


def test_parents_who_are_not_married_wait_for_the_father(play):
    sent, _ = play

    root = sent("yao")

    states = {case.what: case.state for case in items(root)}
    assert states["birth-certificate"] == State.WAITING
