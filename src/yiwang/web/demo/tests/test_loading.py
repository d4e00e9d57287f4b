from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from yiwang.cases.calendar import work_calendar
from yiwang.cases.models import Case, Rating, Task
from yiwang.identity.actions import person_for
from yiwang.identity.models import Account, Person
from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act
from yiwang.licences.models import Licence
from yiwang.notices.models import Message
from yiwang.registers.models import Row
from yiwang.web.demo import loading
from yiwang.web.demo.files import Entry
from yiwang.web.demo.loading import NOT_EMPTY, UNCHANGED, load
from yiwang.web.demo.tests.conftest import with_week

TABLES = (Person, Row, Licence, Account, Case, Task, Rating, Message, Act)
SCALE = 0.01


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def line(then: str, **more) -> Entry:
    given = {"matter": "vaccination-record", "count": 1, "days_ago": (6, 5), "then": then} | more
    return Entry(**given)


@pytest.fixture
def small(whole):
    reason = {"zh": "看不清", "en": "It cannot be read."}
    return with_week(
        whole,
        line("instant", rating=(1,)),
        line("waiting", why="doses", item="vaccination-record", days_ago=(5, 5)),
        line("draft", days_ago=(2, 2)),
        line("withdrawn", why="doses"),
        line("asked", matter="maternity-refund", why="bills", item="maternity-refund",
             asks=("paper:invoices:mother:0",), reason=reason),
        line("supplied", matter="social-security-card", why="photo", child="older",
             item="social-security-card", asks=("paper:photo:child:0",), reason=reason),
        line("refused", matter="maternity-refund", why="bills", item="maternity-refund",
             reason=reason, rating=(2,)),
    )  # fmt: skip


def test_each_line_of_the_week_ends_as_it_says(pack, small):
    load(demo=small, scale=SCALE)

    found = sorted(
        Case.objects.filter(parent=None).values_list("what", "state", "outcome"), key=str
    )
    assert ("maternity-refund", "decided", "refused") in found
    assert ("maternity-refund", "supplementing", "") in found
    assert ("social-security-card", "accepted", "") in found
    assert ("vaccination-record", "decided", "granted") in found
    assert ("vaccination-record", "draft", "") in found
    assert ("vaccination-record", "withdrawn", "withdrawn") in found
    assert len(found) == 7
    assert Task.objects.filter(verb="rework").count() == 2


def test_a_second_time_changes_nothing(pack, small):
    load(demo=small, scale=SCALE)
    before = counts()

    said = load(demo=small, scale=SCALE)

    assert said == UNCHANGED and counts() == before


def test_a_city_with_people_of_its_own_is_left_alone(pack, small):
    person_for(identity_number("990102", date(1995, 4, 3), 2), "林秋", by=Actor("operator", "test"))
    before = counts()

    with pytest.raises(Refusal) as refused:
        load(demo=small, scale=SCALE)

    assert refused.value.text == NOT_EMPTY and counts() == before


def test_a_load_that_was_broken_off_goes_on(pack, small, monkeypatch):
    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(loading, "play", killed)
        with pytest.raises(KeyboardInterrupt):
            load(demo=small, scale=SCALE)
    people = Person.objects.count()

    load(demo=small, scale=SCALE)

    assert Case.objects.filter(parent=None).count() == 7
    assert Account.objects.filter(demo=True).count() == people_of(small)
    assert Person.objects.count() - people <= Case.objects.count()


def people_of(demo) -> int:
    residents = [one for f in demo.people.families for one in (f.mother, f.father) if one]
    elders = [one for f in demo.people.families for one in f.elders if one.account]
    return len(residents) + len(elders) + len(demo.people.staff)


def test_the_named_families_have_begun_nothing_and_everyone_can_sign_in(pack, small):
    load(demo=small, scale=SCALE)

    demo = Account.objects.filter(demo=True)
    applicants = set(Case.objects.values_list("applicant", flat=True))
    assert not applicants & set(demo.values_list("person", flat=True))
    password = small.people.password
    assert authenticate(None, username="mother.lin", password=password).person.name == "林知微"
    assert authenticate(None, username="clerk.police", password=password).staff is not None


def test_the_past_is_marked_as_demo_and_leaves_no_work_for_the_worker(pack, small):
    load(demo=small, scale=SCALE)

    real = set(Act.objects.filter(demo=False).values_list("what", flat=True))
    assert real == {"pack.loaded", "demo.people_loaded", "demo.week_loaded"}
    assert not Act.objects.filter(demo=True).exclude(at__lt=Act.objects.latest("at").at).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_a_register_knows_of_a_birth_on_its_day_and_not_before(pack, small):
    load(demo=small, scale=SCALE)

    births = Row.objects.filter(register="births")
    born = {row.values["mother_id_number"]: row.values["birth_date"] for row in births}
    rows = [*births, *Row.objects.filter(register="maternity-bills")]
    assert len(rows) > 12
    for row in rows:
        mother = row.values.get("mother_id_number") or row.key
        assert moment.local(row.since).date().isoformat() >= born[mother]


def test_offices_and_parents_act_in_their_hours(pack, small):
    load(demo=small, scale=SCALE)

    calendar, now = work_calendar(pack), moment.now()
    for act in Act.objects.filter(by_kind="staff"):
        at = moment.local(act.at)
        assert calendar.works(at.date()) and 9 <= at.hour <= 17
    for act in Act.objects.filter(what="case.sent"):
        assert moment.local(act.at).hour in (12, 13, 19, 20, 21, 22) and act.at < now
