from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from yiwang.kernel import moment
from yiwang.kernel.canonical import canonical, digest
from yiwang.kernel.identifiers import (
    birth_date_of,
    identity_number,
    is_credit_code,
    is_identity_number,
    sex_of,
)
from yiwang.kernel.ids import new_id
from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text, speak, speaking, spoken

REAL = Path(__file__).parents[5] / "shared" / "data" / "ids_cn"


def test_equal_values_have_equal_bytes_whatever_their_order():
    one = {"b": [date(2026, 1, 2), Decimal("1.50")], "a": Text(zh="甲", en="A")}
    other = {"a": Text(zh="甲", en="A"), "b": [date(2026, 1, 2), Decimal("1.50")]}

    assert canonical(one) == canonical(other)
    assert canonical(one) == '{"a":{"en":"A","zh":"甲"},"b":["2026-01-02","1.50"]}'.encode()
    assert len(digest(one)) == 64


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(ValueError):
        canonical({"x": float("nan")})
    with pytest.raises(TypeError):
        canonical({"x": object()})


def test_ids_are_of_version_7_and_grow_with_time():
    ids = [new_id() for _ in range(50)]

    assert {one.version for one in ids} == {7}
    assert [one.int >> 80 for one in ids] == sorted(one.int >> 80 for one in ids)


def test_identity_numbers_carry_their_check_character():
    number = identity_number("990102", date(1995, 4, 3), 24)

    assert is_identity_number(number)
    assert birth_date_of(number) == date(1995, 4, 3) and sex_of(number) == "female"
    for wrong in (number[:-1] + "A", number[:-2] + "99", "123", number[:6] + "19951332" + "0000"):
        assert not is_identity_number(wrong)


@pytest.mark.skipif(not REAL.exists(), reason="the real numbers are not beside the checkout")
def test_real_credit_codes_pass_and_a_changed_one_does_not():
    codes = (REAL / "uscc_valid.txt").read_text().split()

    assert len(codes) > 100 and all(is_credit_code(code) for code in codes)
    broken = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    assert not is_credit_code(broken)


def test_text_is_said_in_the_language_being_spoken():
    text = Text(zh="{who}，您好", en="Hello {who}").filled(who=Text(zh="林", en="Lin"))

    with speaking("en"):
        assert str(text) == "Hello Lin"
    with speaking("zh-hans"):
        assert str(text) == "林，您好"
    speak("zh-hans")
    assert spoken() == "zh"


def test_the_clock_is_shifted_inside_the_block_only():
    past = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    with moment.at(past):
        assert abs((moment.now() - past).total_seconds()) < 5
        assert moment.shifted() and moment.today() == date(2026, 3, 1)
    assert not moment.shifted()


def test_a_name_is_registered_once():
    table: Registry[int] = Registry("number")
    one = table.add("one", 1)

    assert table["one"] == one and "one" in table and table.get("two") is None
    with pytest.raises(ValueError):
        table.add("one", 2)
    with pytest.raises(KeyError, match="known: one"):
        table["two"]
