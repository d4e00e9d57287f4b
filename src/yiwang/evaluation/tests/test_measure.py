"""What matters took comes from acts alone: working days, without waiting for the person."""

from datetime import date, datetime

import pytest
from django.db import transaction
from django.test import Client

from yiwang.evaluation.actions import measure
from yiwang.evaluation.measure import measures
from yiwang.evaluation.models import Measured
from yiwang.kernel import moment
from yiwang.kernel.days import WorkCalendar
from yiwang.kernel.ids import new_id
from yiwang.lake.actions import follow
from yiwang.ledger import sequencer
from yiwang.ledger.actions import Actor, record
from yiwang.services.tests.conftest import city

__all__ = ["city"]

CLERK = Actor("staff", "clerk-7", "health")
PERSON = Actor("person", "p-1")
RULE = Actor("rule", "pack:item")
CALENDAR = WorkCalendar({}, frozenset({2026}))


@pytest.fixture(autouse=True)
def a_lake(settings, tmp_path, db):
    settings.LAKE_ROOT = tmp_path / "lake"


def act(day, what, case, *, by=CLERK, root=None, about=""):
    at = datetime(2026, 11, day, 10, tzinfo=moment.CITY_ZONE)
    with moment.at(at), transaction.atomic():
        record(what, by=by, case=case, root=root or case, purpose=about)


def measured(until=date(2026, 11, 30)):
    while sequencer.place(since=sequencer.EVER):
        pass
    follow()
    return {one.what: one for one in measures(date(2026, 11, 1), until, CALENDAR)}


def test_working_days_are_counted_and_weekends_are_not():
    case = new_id()
    act(5, "case.sent", case, by=PERSON, about="service:card")  # a Thursday
    act(10, "case.granted", case)  # the Tuesday after

    (one,) = measured().values()

    assert (one.sent, one.ended, one.granted, one.at_once) == (1, 1, 1, 0)
    assert (one.median_days, one.p90_days, one.median_whole) == (3, 3, 5)


def test_waiting_for_the_person_is_not_the_offices_time():
    case = new_id()
    act(2, "case.sent", case, by=PERSON, about="service:card")
    act(3, "case.more_asked", case)
    act(11, "case.supplied", case, by=PERSON)
    act(12, "case.granted", case)

    (one,) = measured().values()

    assert (one.asked_more, one.median_days, one.median_whole) == (1, 2, 10)


def test_two_items_waiting_at_once_stop_a_bundle_once():
    root, first, second = new_id(), new_id(), new_id()
    act(2, "case.sent", root, by=PERSON, about="bundle:company")
    for case in (first, second):
        act(2, "case.submitted", case, by=PERSON, root=root, about="service:card")
    act(3, "case.more_asked", first, root=root)
    act(4, "case.more_asked", second, root=root)
    act(5, "case.supplied", first, by=PERSON, root=root)
    act(6, "case.supplied", second, by=PERSON, root=root)
    act(9, "case.granted", first, root=root)
    act(9, "case.granted", second, root=root)
    act(9, "case.closed", root)

    found = measured()

    # 2nd to 9th are five working days; 3rd to 6th, three of them, were the applicant's
    assert found["bundle:company"].median_days == 2
    assert found["service:card"].sent == 2


def test_an_item_that_waited_for_another_begins_when_it_could():
    root, case = new_id(), new_id()
    act(2, "case.submitted", case, by=PERSON, root=root, about="service:seal")
    act(5, "case.begun", case, by=RULE, root=root)
    act(6, "case.granted", case, root=root)

    assert measured()["service:seal"].median_days == 1


def test_shares_tell_what_a_rule_decided_and_who_came_to_a_counter():
    for sender, ending in ((PERSON, RULE), (PERSON, CLERK), (CLERK, CLERK)):
        case = new_id()
        act(2, "case.sent", case, by=sender, about="service:card")
        act(2, "case.granted", case, by=ending)
    act(2, "case.sent", new_id(), by=PERSON, about="service:card")

    one = measured()["service:card"]

    assert (one.sent, one.ended, one.at_once, one.at_counter) == (4, 3, 1, 1)
    assert (one.median_days, one.p90_days) == (0, 0)


def test_a_withdrawn_matter_is_ended_but_says_nothing_of_speed():
    case = new_id()
    act(2, "case.sent", case, by=PERSON, about="service:card")
    act(20, "case.withdrawn", case, by=PERSON)

    one = measured()["service:card"]

    assert (one.sent, one.ended, one.granted, one.median_days) == (1, 1, 0, None)


def test_what_lies_outside_the_year_is_left_out():
    case = new_id()
    act(12, "case.sent", case, by=PERSON, about="service:card")

    assert measured(until=date(2026, 11, 11)) == {}


def test_a_day_is_measured_once_and_shown(city, client: Client):
    case = new_id()
    with moment.at(datetime(2026, 11, 20, 10, tzinfo=moment.CITY_ZONE)):
        act(19, "case.sent", case, by=PERSON, about="bundle:newborn")
        act(20, "case.closed", case, by=RULE)
        measured()
        measure()
        measure()

        page = client.get("/effect/things/newborn/").content.decode()

    assert Measured.objects.count() == 1
    assert "一半 1 天内" in page


def test_pages_stand_before_anything_was_measured(city, client: Client):
    for address in ("/effect/", "/effect/things/newborn/", "/effect/services/birth-certificate/"):
        assert client.get(address).status_code == 200
    table = client.get("/effect.csv").content.decode("utf-8-sig").splitlines()

    assert table[0].startswith("kind,id,title,steps_before")
    assert any(line.startswith("bundle,newborn,新生儿出生一件事,7,") for line in table)
    assert client.get("/effect/things/nothing/").status_code == 404
