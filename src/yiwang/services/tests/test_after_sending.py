"""What happens once a matter was sent: asked for more, confirmed by another, answered late."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.db import connection
from stdnum.iso7064 import mod_11_2

from yiwang.cases import actions as cases
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case, Clock, PartyRow, Task
from yiwang.cases.states import State, Verb
from yiwang.identity.actions import register_staff
from yiwang.identity.models import Person
from yiwang.kernel.errors import Refusal
from yiwang.ledger.models import Act
from yiwang.licences.models import Licence
from yiwang.pack import queries
from yiwang.registers.models import Reading
from yiwang.registers.settling import settle as settle_reading
from yiwang.rules import Column
from yiwang.services.actions.draft import answer, start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.asking import open_papers
from yiwang.services.matter import Ask
from yiwang.services.queries import load
from yiwang.services.recheck import recheck
from yiwang.services.tests.family import (
    BY,
    Family,
    account,
    actor,
    clerk,
    load_city,
    outcomes,
    put,
    reply,
    settle,
    sign_and_send,
)

LINJIANG = "YIWANG_SOURCE_LINJIANG"
WEIGHT = Ask(Column("child", "birth_weight"), 0)
PHONE = Ask(Column("case", "contact_phone"), 0)


def began(family: Family) -> Case:
    return start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))


def sent(family: Family, **more: str) -> Case:
    root = began(family)
    reply(root, family.mother, **more)
    return sign_and_send(root, family.mother)


def abroad() -> str:
    head = "99020219930809053"
    return head + mod_11_2.calc_check_digit(head)


@contextmanager
def linjiang(row: dict[str, object]) -> Iterator[str]:
    """The sister city's service, answering every question with one row."""

    class Source(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"rows": [row], "as_of": "2026-11-01T00:00:00+08:00"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Source)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def two_cities(city) -> Family:
    family = settle(city, married=False, serial=41)
    put(
        city, "marriages",
        {"marriage_certificate_no": "J-41", "wife_id_number": family.mother.id_number,
         "husband_id_number": abroad(), "marriage_date": "2021-01-01", "in_force": True},
    )  # fmt: skip
    return family


STATED = {
    "father__name": "顾临", "father__ethnic_group": "01", "father__hukou_city": "linjiang",
    "father__hukou_kind": "family",
}  # fmt: skip


def test_a_late_answer_that_agrees_makes_a_provisional_value_firm(city, monkeypatch):
    family = two_cities(city)
    root = began(family)
    reply(root, family.mother, **STATED)
    told = {
        "id_number": abroad(), "name": "顾临", "ethnic_group": "01", "hukou_city": "linjiang",
        "hukou_kind": "family",
    }  # fmt: skip
    Reading.objects.filter(root=root.id, state="failed").update(asked_at="2026-01-01T00:00Z")

    with linjiang(told) as address:
        monkeypatch.setenv(LINJIANG, address)
        assert recheck(root) == 1
        settle_reading(Reading.objects.filter(root=root.id, state="asked").get().id)

    known = load(root).known(Ask(Column("father", "name"), 0))
    assert (known.value, known.source, known.firm) == ("顾临", "register", True)


def test_a_late_answer_that_differs_blocks_the_instant_way(city, monkeypatch):
    family = two_cities(city)
    root = began(family)
    reply(root, family.mother, **STATED)
    told = {
        "id_number": abroad(), "name": "顾林", "ethnic_group": "01", "hukou_city": "linjiang",
        "hukou_kind": "family",
    }  # fmt: skip
    Reading.objects.filter(root=root.id, state="failed").update(asked_at="2026-01-01T00:00Z")

    with linjiang(told) as address:
        monkeypatch.setenv(LINJIANG, address)
        recheck(root)
        settle_reading(Reading.objects.filter(root=root.id, state="asked").get().id)

    known = load(root).known(Ask(Column("father", "name"), 0))
    assert (known.value, known.claimed, known.contested) == ("顾林", "顾临", True)


def test_asking_for_more_stops_the_clocks_and_only_that_may_be_given(city):
    family = settle(city, certified=False)
    staff = clerk("maternity-hospital", ["hospital-clerk"])
    root = sent(family)
    case = Case.objects.get(root=root, what="birth-certificate")

    with pytest.raises(OutOfOrder):
        answer(root.id, [PHONE], {PHONE.name: "13900000000"}, by=actor(family.mother))
    cases.ask_more(
        case.id, asks=["fact:case:0:contact_phone"], note="电话打不通，请更正", staff=staff
    )
    with pytest.raises(OutOfOrder):
        answer(root.id, [WEIGHT], {WEIGHT.name: "3300"}, by=actor(family.mother))
    answer(root.id, [PHONE], {PHONE.name: "13900000000"}, by=actor(family.mother))

    clock = Clock.objects.get(case=case, kind="promised")
    assert clock.paused_on is not None and clock.left == 1
    cases.supplied(case.id, person=family.mother.id, words="", by=actor(family.mother))
    case.refresh_from_db()
    clock.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert clock.paused_on is None and clock.left is None
    task = Task.objects.get(case=case, state="claimed")
    assert (task.verb, task.assignee_id, task.round) == (Verb.ACCEPT, staff.id, 2)


def named_father(city) -> tuple[Family, Person]:
    """A mother who names a father no register ties to her."""
    family = settle(city, married=False, serial=51)
    other = settle(city, married=True, serial=52)
    assert other.father is not None
    account(other.father, "13700000000")
    return family, other.father


def test_a_father_only_named_agrees_by_his_own_sign_in_first(city):
    family, father = named_father(city)
    root = began(family)
    given = {
        "father__exists": "yes", "father__name": father.name, "father__id_number": father.id_number,
        "father__married": "no", "father__ethnic_group": "01", "father__hukou_city": "jiangcheng",
        "father__hukou_kind": "family", "father__hukou_division": "990102001001",
        "father__household_number": "H1", "father__address": "某街1号",
        "father__insurance_status": "active", "father__insurance_scheme": "employee",
        "father__card_status": "active",
    }  # fmt: skip
    reply(root, family.mother, **given)
    _give_papers(root)
    sign_and_send(root, family.mother)

    certificate = Case.objects.get(root=root, what="birth-certificate")
    assert certificate.state == State.WAITING
    assert not Reading.objects.filter(root=root.id, by__id_number=father.id_number).exists()
    cases.confirm(root.id, person=father.id, by=actor(father))

    certificate.refresh_from_db()
    assert certificate.state == State.SUBMITTED
    assert PartyRow.objects.get(root=root, role="father").tied == "confirmed"


def test_a_father_who_declines_ends_only_what_needed_him(city):
    family, father = named_father(city)
    root = began(family)
    given = {
        "father__exists": "yes", "father__name": father.name, "father__id_number": father.id_number,
        "father__married": "no", "father__ethnic_group": "01", "father__hukou_city": "jiangcheng",
        "father__hukou_kind": "family", "father__hukou_division": "990102001001",
        "father__household_number": "H1", "father__address": "某街1号",
        "father__insurance_status": "active", "father__insurance_scheme": "employee",
        "father__card_status": "active",
    }  # fmt: skip
    reply(root, family.mother, **given)
    _give_papers(root)
    sign_and_send(root, family.mother)

    cases.decline(root.id, person=father.id, words="不是我的孩子", by=actor(father))

    found = outcomes(root)
    assert found["birth-certificate"] == "withdrawn"
    assert set(found.values()) <= {"withdrawn", "waiting", "submitted"}


def _give_papers(root: Case) -> None:

    for key, role, index in open_papers(load(root)):
        cases.give_paper(root, material=key, role=role, index=index, document=uuid4())


def test_the_same_birth_is_not_applied_for_twice(city):
    family = settle(city)
    root = sent(family)
    decide_instantly(root.id)

    second = began(family)

    assert second.id != root.id
    with pytest.raises(Refusal) as caught:
        reply(second, family.mother)
        sign_and_send(second, family.mother, key="key-2")
    assert root.number in str(caught.value)


@pytest.mark.django_db(transaction=True)
def test_two_offices_finish_in_the_same_instant_and_the_root_closes_once():

    queries.forget()
    city = load_city()
    family = settle(city)
    root = sent(family)
    threads = [threading.Thread(target=_decide, args=(root.id,)) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    root.refresh_from_db()
    assert (root.state, root.outcome) == (State.CLOSED, "granted")

    assert Act.objects.filter(what="case.closed", case=root.id).count() == 1
    assert Licence.objects.filter(case__isnull=False).count() == 7
    queries.forget()


def _decide(root) -> None:

    try:
        decide_instantly(root)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_claim_at_once_one_is_told():

    queries.forget()
    city = load_city()
    family = settle(city, certified=False)
    root = sent(family)
    task = Task.objects.get(case__root=root, case__what="birth-certificate")
    staff = [clerk("maternity-hospital", ["hospital-clerk"], f"医生{n}") for n in range(1)]

    staff.append(
        register_staff(
            name="二号", number="T-2", department="maternity-hospital", roles=["hospital-clerk"],
            by=BY,
        )
    )  # fmt: skip
    told: list[str] = []

    def take(one) -> None:

        try:
            cases.claim(task.id, staff=one)
            told.append("claimed")
        except Refusal:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(one,)) for one in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["claimed", "told"]
    queries.forget()
