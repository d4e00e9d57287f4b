"""Rows that decisions write and the demo loads: each with its act, none half done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from yiwang.identity.queries import person_by_number
from yiwang.kernel.errors import Defect
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about, body_of
from yiwang.registers import actions
from yiwang.registers.declarations import Register
from yiwang.registers.models import Row
from yiwang.registers.tests.town import CLERK, FATHER, MOTHER


@pytest.fixture
def births(pack):
    return pack.all(Register)["births"]


def row(key):
    return Row.objects.get(register="births", key=key)


def test_a_new_row_is_written_with_its_act(births):
    case = uuid4()

    actions.write_rows(
        births,
        [{"record_no": "B1", "mother": MOTHER, "birth_date": date(2026, 11, 18),
          "paid": Decimal("12.50")}],
        by=CLERK, case=case, root=case, basis="《母婴法》",
    )  # fmt: skip

    assert row("B1").values == {
        "record_no": "B1", "mother": MOTHER, "birth_date": "2026-11-18", "paid": "12.50",
    }  # fmt: skip
    [act] = acts_about(person_by_number(MOTHER).id).filter(what="register.changed")
    [(table, id, before, after)] = act.changes
    assert (table, id, before, len(after)) == ("registers_row", str(row("B1").id), "", 64)
    assert (act.case, act.basis) == (case, "《母婴法》")
    assert body_of(act)["keys"] == ["B1"]


def test_a_row_that_stands_keeps_what_is_not_given(births):
    actions.write_rows(births, [{"record_no": "B1", "mother": MOTHER, "weight": 3350}], by=CLERK)
    old = row("B1")

    actions.write_rows(births, [{"record_no": "B1", "paid": "5"}], by=CLERK)

    assert row("B1").values == {
        "record_no": "B1", "mother": MOTHER, "weight": 3350, "paid": "5",
    }  # fmt: skip
    first, second = Act.objects.filter(what="register.changed").order_by("recorded_at")
    assert row("B1").id == old.id
    assert second.changes[0][2] == first.changes[0][3]


def test_whoever_a_row_told_of_before_is_concerned_too(births):
    actions.write_rows(births, [{"record_no": "B1", "mother": MOTHER}], by=CLERK)

    actions.write_rows(births, [{"record_no": "B1", "mother": FATHER}], by=CLERK)

    for number, acts in ((MOTHER, 2), (FATHER, 1)):
        about = acts_about(person_by_number(number).id).filter(what="register.changed")
        assert about.count() == acts


def test_equal_rows_have_unequal_digests(births):
    """Nobody can guess a row from its digest by trying the few values it may have."""
    actions.write_rows(births, [{"record_no": "B1"}, {"record_no": "B2"}], by=CLERK)

    [act] = Act.objects.filter(what="register.changed")
    assert Row.objects.values("salt").distinct().count() == 2
    assert act.changes[0][3] != act.changes[1][3]


@pytest.mark.parametrize(
    "rows",
    [
        [{"record_no": "B1", "no_such": 1}],
        [{"mother": MOTHER}],
        [{"record_no": "B1"}, {"record_no": "B1"}],
        [{"record_no": "B0"}, {"record_no": ""}],
    ],
)
def test_a_row_that_makes_no_sense_changes_nothing(births, rows):
    before = Act.objects.count()

    with pytest.raises(Defect):
        actions.write_rows(births, rows, by=CLERK)

    assert not Row.objects.exists()
    assert Act.objects.count() == before


def test_rows_are_loaded_in_bulk_and_again(births):
    many = [{"record_no": f"B{n}", "mother": MOTHER, "weight": n} for n in range(300, 3300)]

    assert actions.load_rows(births, many, by=CLERK) == 3000
    assert actions.load_rows(births, [{"record_no": "B300", "weight": 9}] * 2, by=CLERK) == 1

    assert Row.objects.count() == 3000
    assert row("B300").values == {"record_no": "B300", "weight": 9}
    assert row("B301").values["weight"] == 301
    loaded = Act.objects.filter(what="register.loaded").order_by("recorded_at")
    assert [body_of(act) for act in loaded] == [
        {"register": "births", "rows": 3000},
        {"register": "births", "rows": 1},
    ]
    assert all(not act.subjects for act in loaded)
