"""A grant given on request lets a form ask the register instead of the person, and no longer."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from yiwang.kernel import moment
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.registers.actions import give_grant, withdraw_grant
from yiwang.registers.models import GivenGrant, Reading
from yiwang.services.actions.draft import start
from yiwang.services.joining import elements_read
from yiwang.services.queries import load as load_matter
from yiwang.services.tests.family import BY, PACK, actor, settle

ACCOUNT = ("mother", 0, "bank_account", "")
COLUMNS = ["id_number", "bank_account", "bank_name", "verified"]
DECLARED = "to: [medical-insurance, civil-affairs, housing-fund]"
FEWER = """to: [medical-insurance]
      columns: [id_number, verified]
      basis: {law: {zh: 社会保险法, en: Law}}
    - to: [civil-affairs, housing-fund]"""


@pytest.fixture
def family(db, tmp_path):
    """A city whose pack opens the accounts for payments to fewer offices."""
    pack = tmp_path / "city"
    shutil.copytree(PACK, pack)
    money = pack / "registers" / "money.yaml"
    text = money.read_text(encoding="utf-8")
    assert DECLARED in text
    money.write_text(text.replace(DECLARED, FEWER), "utf-8")
    load(pack, by=BY)
    queries.forget()
    yield settle(queries.current())
    queries.forget()


def given():
    on = moment.today()
    return give_grant(
        GivenGrant(
            register="bank-accounts", department="medical-insurance", columns=COLUMNS,
            services=["maternity-refund"], purpose="打款", law={"zh": "社会保险法", "en": "Law"},
            since=on, until=on + timedelta(days=9), a_day=100,
        ),
        by=BY, basis="",
    )  # fmt: skip


def begin(family):
    return start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))


def test_without_it_the_account_is_not_known(family):
    root = begin(family)

    assert ACCOUNT not in load_matter(root).facts


def test_with_it_the_register_tells_and_the_reading_names_it(family):
    grant = given()

    root = begin(family)

    assert load_matter(root).facts[ACCOUNT].source == "register"
    [reading] = Reading.objects.filter(root=root.id, register="bank-accounts")
    assert reading.given == [grant.id]
    assert reading.granted["bank_account"] == ["medical-insurance"]


def test_withdrawn_the_next_matter_asks_the_person_again(family):
    withdraw_grant(given().id, reasons="到此为止", by=BY)

    root = begin(family)

    assert ACCOUNT not in load_matter(root).facts


def test_what_an_item_reads_is_known(family):
    read = elements_read("maternity-refund")

    assert "bank_account" in read
    assert "card_photo" not in read
    assert elements_read("nothing") == frozenset()
