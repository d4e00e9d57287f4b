"""Deciding one matter: values, clauses, what is missing, other names, words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yiwang.kernel.words import Text
from yiwang.rules import Column, ElementType, Formula, PartyScope, Rule, RuleFault, Scope
from yiwang.rules.tests.random_rules import COLUMNS, ON, formulas, rows, rules
from yiwang.rules.tests.random_rules import SCOPE as WIDE

BIRTH, INCOME = Column("child", "birth_date"), Column("mother", "income")
RESIDENT, THERE = Column("mother", "resident"), Column("father", "exists")
FATHERS = Column("father", "resident")
SCOPE = Scope(
    {
        "child": PartyScope(Text(zh="孩子", en="Child")),
        "mother": PartyScope(Text(zh="母亲", en="Mother")),
        "father": PartyScope(Text(zh="父亲", en="Father"), optional=True),
        "case": PartyScope(Text(zh="本次办理", en="this matter")),
    },
    {
        "birth_date": ElementType("date", title=Text(zh="出生日期", en="Date of birth")),
        "income": ElementType("money", title=Text(zh="月收入", en="Monthly income")),
        "resident": ElementType("boolean", title=Text(zh="是本市户籍", en="Local resident")),
        "sex": ElementType(
            "code",
            ("m", "f"),
            Text(zh="性别", en="Sex"),
            {"m": Text(zh="男", en="male"), "f": Text(zh="女", en="female")},
        ),
        "weight": ElementType("integer"),
    },
)
_slow = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def rule(text):
    return Rule.parse(text, SCOPE)


def test_a_verdict_tells_each_condition_and_what_is_missing():
    judged = rule("mother.income <= 3000.00 AND (mother.resident OR child.weight > 1)")

    verdict = judged.decide({INCOME: Decimal("2999.99"), RESIDENT: None}, on=ON)

    assert verdict.to_json() == {
        "value": None,
        "clauses": [
            {"text": "mother.income <= 3000.00", "value": True, "columns": ["mother.income"]},
            {"text": "mother.resident", "value": None, "columns": ["mother.resident"]},
            {"text": "child.weight > 1", "value": None, "columns": ["child.weight"]},
        ],
        "missing": ["child.weight", "mother.resident"],
    }


def test_a_false_condition_settles_a_conjunction_and_nothing_is_missing():
    verdict = rule("mother.income <= 3000 AND mother.resident").decide(
        {INCOME: Decimal("3000.01")}, on=ON
    )

    assert verdict.value is False
    assert verdict.missing == frozenset()


def test_nothing_is_asked_of_a_father_who_is_not_there():
    guarded = rule("NOT father.exists AND mother.resident OR father.exists AND father.resident")

    assert guarded.missing({THERE: False}, on=ON) == {RESIDENT}
    assert guarded.missing({THERE: True}, on=ON) == {FATHERS}
    assert guarded.missing({}, on=ON) == {THERE, RESIDENT, FATHERS}


def test_an_unknown_case_condition_is_unknown_even_with_an_else():
    chosen = rule("CASE WHEN mother.resident THEN TRUE ELSE mother.income > 0 END")

    assert chosen.value({INCOME: Decimal(1)}, on=ON) is None
    assert chosen.missing({INCOME: Decimal(1)}, on=ON) == {RESIDENT}
    assert chosen.missing({RESIDENT: False}, on=ON) == {INCOME}


def test_a_value_is_unknown_when_divided_by_zero():
    by_zero = rule("mother.income / child.weight > 1")

    assert by_zero.value({INCOME: Decimal(1), Column("child", "weight"): 0}, on=ON) is None


def test_money_is_exact_where_floating_point_is_not():
    share = rule("mother.income / 3 = 2130.01")

    assert share.value({INCOME: Decimal("6390.03")}, on=ON) is True
    assert share.value({INCOME: Decimal("6390.04")}, on=ON) is False


def test_the_age_is_reached_on_the_birthday():
    of_age = rule("age(child.birth_date) >= 18")

    assert of_age.value({BIRTH: date(2008, 5, 2)}, on=date(2026, 5, 1)) is False
    assert of_age.value({BIRTH: date(2008, 5, 2)}, on=date(2026, 5, 2)) is True


def test_a_formula_has_a_type_and_a_value():
    share = Formula.parse("round(mother.income / 3, 2)", SCOPE)

    assert share.type == "decimal"
    assert share.value({INCOME: Decimal("100")}, on=ON) == Decimal("33.33")
    assert share.missing({}, on=ON) == {INCOME}


def test_parties_are_renamed_and_checked_again():
    mothers = rule("mother.resident AND child.sex = 'm'")

    renamed = mothers.renamed({"mother": "child", "child": "mother"}, SCOPE)

    assert renamed.columns == {Column("child", "resident"), Column("mother", "sex")}
    with pytest.raises(RuleFault, match="may be no father"):
        mothers.renamed({"mother": "father"}, SCOPE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("father.exists AND father.resident", "mother.resident"),
        ("NOT father.exists OR father.resident AND child.weight > 1", "mother.resident"),
        ("NOT father.exists AND child.weight > 1", "FALSE"),
        ("child.weight > 1 OR father.exists", "TRUE"),
    ],
)
def test_somebody_who_is_always_there_need_not_be_asked_for(text, expected):
    renamed = rule(text).renamed({"father": "mother"}, SCOPE)

    assert renamed.text.startswith(expected)
    assert Column("mother", "exists") not in renamed.columns


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "age(child.birth_date) < 3",
            "按孩子的出生日期计算的年龄小于3周岁",
            "the age by the child's date of birth is less than 3 years",
        ),
        (
            "mother.income <= 3000 AND NOT child.sex IN ('m', 'f')",
            "母亲的月收入不超过3,000元，且孩子的性别不是“男”或“女”",
            "the mother's monthly income is at most 3,000 yuan, "
            "and the child's sex is not “male” or “female”",
        ),
        (
            "NOT father.exists OR father.resident",
            "没有父亲，或父亲“是本市户籍”为是",
            "there is no father, or “local resident” is yes for the father",
        ),
        (
            "child.birth_date >= DATE '2026-01-01'",
            "孩子的出生日期不早于2026年1月1日",
            "the child's date of birth is on or after 1 January 2026",
        ),
        (
            "case.resident OR case.sex = 'm'",
            "本次办理“是本市户籍”为是，或本次办理的性别是“男”",
            "“local resident” is yes for this matter, or this matter's sex is “male”",
        ),
        (
            "NOT (mother.resident AND child.weight = 1)",
            "母亲“是本市户籍”为否，或孩子的weight不等于1",
            "“local resident” is no for the mother, or the child's weight is not 1",
        ),
    ],
)
def test_a_rule_is_said_in_plain_words(text, zh, en):
    assert rule(text).in_words("zh") == zh
    assert rule(text).in_words("en") == en


def test_a_clause_is_said_in_plain_words():
    verdict = rule("mother.resident AND child.weight > 1").decide({}, on=ON)

    assert [clause.in_words("zh") for clause in verdict.clauses] == [
        "母亲“是本市户籍”为是",
        "孩子的weight大于1",
    ]


@_slow
@given(rules(), rows(1, 4), st.data())
def test_only_what_is_missing_can_change_an_unknown_verdict(text, table, data):
    parsed = Rule.parse(text, WIDE)
    for row, others in zip(table, table[1:] + table[:1], strict=True):
        verdict = parsed.decide(row, on=ON)
        unknown = {column for column in COLUMNS if row[column] is None}
        assert verdict.missing <= unknown & parsed.columns
        assert verdict.value is None or not verdict.missing
        assert verdict.value == parsed.value(row, on=ON)

        filled = row | {column: others[column] for column in unknown - verdict.missing}

        assert parsed.value(filled, on=ON) is verdict.value


@_slow
@given(rules() | formulas())
def test_every_rule_is_said_and_written_again(text):
    parsed = Formula.parse(text, WIDE)

    again = parsed.renamed({}, WIDE)

    assert parsed.in_words("zh").strip() and parsed.in_words("en").strip()
    assert "{" not in parsed.in_words("en")
    assert again._node == parsed._node


@_slow
@given(rules(), rows(1, 3))
def test_the_parts_of_a_rule_are_true_together_when_it_is(text, table):
    parsed = Rule.parse(text, WIDE)
    for row in table:
        values = [part.value(row, on=ON) for part in parsed.parts()]
        joined = False if False in values else None if None in values else True
        assert joined is parsed.value(row, on=ON)
