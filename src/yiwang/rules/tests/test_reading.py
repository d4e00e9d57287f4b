"""What is read and what is refused, each with its remedy."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from yiwang.rules import Column, ElementType, Formula, PartyScope, Rule, RuleFault, Scope
from yiwang.rules.tests.random_rules import SCOPE as WIDE
from yiwang.rules.tests.random_rules import rules

SCOPE = Scope(
    {
        "child": PartyScope(),
        "father": PartyScope(optional=True),
        "siblings": PartyScope(many=True),
        "case": PartyScope(),
    },
    {
        "birth_date": ElementType("date"),
        "weight": ElementType("integer"),
        "income": ElementType("money"),
        "name": ElementType("text"),
        "sex": ElementType("code", ("male", "female")),
        "blood": ElementType("code", ("a", "b")),
        "resident": ElementType("boolean"),
        "年龄": ElementType("integer"),
    },
)


def faults(text, kind=Rule):
    with pytest.raises(RuleFault) as raised:
        kind.parse(text, SCOPE)
    return raised.value.faults


@pytest.mark.parametrize(
    "text",
    [
        "TRUE",
        "child.resident",
        "NOT child.resident",
        'child."年龄" >= 3 AND child.年龄 < 6',
        '"case".weight > 1 OR case.weight < 0',
        "child.birth_date >= DATE '2026-01-01'",
        "child.sex IN ('male')",
        "child.name NOT LIKE '%张%' AND child.name LIKE '李%'",
        "child.weight NOT BETWEEN 1 AND -2 * -child.weight",
        "CASE child.sex WHEN 'male' THEN TRUE ELSE child.resident END",
        "starts_with(child.name, '张')",
        "ROUND(child.income / 3, 2) <= 2130.01",
        "(child.resident = TRUE) -- a remark",
    ],
)
def test_is_read(text):
    rule = Rule.parse(text, SCOPE)

    assert rule.type == "boolean"
    assert rule.text == text


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("", "empty", "TRUE"),
        ("child.weight IS NULL", "not-knowing", "PARTY.exists"),
        ("child.weight IS NOT NULL", "not-knowing", "PARTY.exists"),
        ("child.resident IS TRUE", "not-knowing", "PARTY.exists"),
        ("child.weight IS DISTINCT FROM 1", "not-knowing", "PARTY.exists"),
        ("coalesce(child.weight, 0) > 1", "not-knowing", "PARTY.exists"),
        ("nullif(child.weight, 0) > 1", "not-knowing", "PARTY.exists"),
        ("ifnull(child.weight, 0) > 1", "not-knowing", "PARTY.exists"),
        ("child.weight = NULL", "NULL", "PARTY.exists"),
        ("child.weight IN (SELECT 1)", "query", "derived element"),
        ("child.weight > (SELECT 1)", "query", "derived element"),
        ("EXISTS (SELECT 1)", "query", "PARTY.exists"),
        ("sqrt(child.weight) > 1", "no function", "rules.md"),
        ("years(child.birth_date) > 1", "no function", "year"),
        ("now() > child.birth_date", "no function", "today()"),
        ("current_date > child.birth_date", "of which party", "today()"),
        ("cast(child.weight AS text) = '1'", "no function", "type it has"),
        ("child.weight::text = '1'", "not converted", "type it has"),
        ("extract(year FROM child.birth_date) = 1", "cannot be read", "such as"),
        ("weight > 1", "of which party", "party.weight"),
        ("a.child.weight > 1", "of which party", "party.weight"),
        ("chlid.weight > 1", "no party chlid", "child"),
        ("child.wieght > 1", "no element wieght", "weight"),
        ("child.exists", "always exists", "out"),
        ("siblings.weight > 1", "several siblings", "derived element"),
        ("father.weight > 1", "may be no father", "father.exists AND"),
        ("father.exists OR father.weight > 1", "may be no father", "father.exists AND"),
        ("NOT father.exists AND father.weight > 1", "may be no father", "father.exists AND"),
        ("child.sex = 'other'", "no code", "male, female"),
        ("child.sex IN ('male', 'x')", "no code", "male, female"),
        ("child.sex = child.blood", "no code in common", "one list"),
        ("child.weight = '3'", "integer", "without quotes"),
        ("child.birth_date > '2026-01-01'", "date", "DATE '"),
        ("child.birth_date > DATE '2026-02-30'", "no day", "DATE '"),
        ("child.birth_date - child.birth_date > 1", "calculate", "days_between"),
        ("child.birth_date + 1 > today()", "calculate", "add_days"),
        ("child.name > 'a'", "no order", "IN"),
        ("child.name || 'a' = 'b'", "||", "concat"),
        ("child.name LIKE 'a_'", "LIKE", "plain"),
        ("child.name LIKE '%'", "LIKE", "plain"),
        ("child.name LIKE 'a%b'", "LIKE", "plain"),
        ("child.name LIKE child.name", "LIKE", "plain"),
        ("child.name ILIKE 'a%'", "ILIKE", "lower"),
        ("child.weight + 1", "true or false", "Compare"),
        ("child.weight AND child.resident", "condition is needed", "Compare"),
        ("CASE WHEN child.resident THEN TRUE END", "no ELSE", "ELSE"),
        ("CASE WHEN child.resident THEN 1 ELSE 'a' END = 1", "unlike", "quotes"),
        ("child.weight % 2 = 0", "%", "derived element"),
        ("child.weight BETWEEN SYMMETRIC 2 AND 1", "SYMMETRIC", "lower bound"),
        ("child.weight > 1e5", "no number", "digits"),
        ("child.weight > 0.1234567", "no number", "6 decimals"),
        ("child.weight > 1000000000000000000", "too large", "18 digits"),
        ("age(child.weight) > 1", "Argument 1", "age(date)"),
        ("age() > 1", "0 values", "age(date)"),
        ("least(child.weight) > 1", "1 values", "least"),
        ("least(child.weight, today()) > 1", "unlike", "only"),
        ("substring(child.name, 0, 1) = 'a'", "from 1 to", "substring"),
        ("substring(child.name, child.weight, 1) = 'a'", "written out", "substring"),
        ("round(child.income, 7) > 1", "from 0 to 6", "round"),
        ("child.weight > 1; DROP TABLE x", "cannot be read", "such as"),
        ("child.weight > 1 AS x", "cannot be read", "such as"),
        ("child.weight >", "cannot be read", "such as"),
        ("child.weight ＞ 1", "full-width", "half width"),
        ("child.* = 1", "of which party", "one element"),
        ("sum(child.weight) OVER () > 1", "one matter", "derived element"),
        ("(child.weight, 1) = (1, 1)", "list", "one value"),
        ("(" * 80 + "TRUE" + ")" * 80, "too deeply", "derived element"),
        ("NOT " * 70 + "TRUE", "too deeply", "derived element"),
        ("child.weight > 1 AND " * 300 + "TRUE", "characters", "derived element"),
        ("child.name = '\0'", "no text", "Remove"),
    ],
)
def test_is_refused(text, message, remedy):
    (fault, *_) = faults(text)

    assert message in fault.message
    assert remedy in fault.remedy
    for said in (fault.what, fault.instead):
        assert said.zh != said.en, "give the sentence its Chinese in in_chinese.py"
        assert any("\u4e00" <= one <= "\u9fff" for one in said.zh)


def test_all_faults_are_told_at_once_with_their_places():
    text = "child.wieght > 1 AND father.weight > 2 AND child.sex = 'x'"

    found = faults(text)

    assert {fault.position: fault.message.split()[0] for fault in found} == {
        text.index("child.wieght"): "There",
        text.index("father"): "father.weight",
        text.index("child.sex"): "'x'",
    }


@pytest.mark.parametrize(
    "text",
    [
        "father.exists AND father.weight > 1",
        "father.weight > 1 AND (child.resident AND father.exists)",
        "NOT father.exists OR father.weight > 1",
        "NOT (father.exists AND NOT father.weight > 1)",
        "CASE WHEN father.exists THEN father.weight > 1 ELSE TRUE END",
        "CASE WHEN NOT father.exists THEN TRUE ELSE father.weight > 1 END",
        "father.exists AND (father.weight > 1 OR father.resident)",
        "CASE WHEN father.exists THEN father.weight ELSE 0 END > 1",
    ],
)
def test_a_guarded_read_of_an_optional_party_is_read(text):
    assert Column("father", "weight") in Rule.parse(text, SCOPE).columns


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60) | st.text("()'\";.,*-%ab父 1aNOTCASEWHEN", max_size=80))
@example("CASE " * 30)
@example("- " * 1900 + "1")
@example("NOT " * 900 + "TRUE")
@example("(" * 3999)
@example("[" * 3999)
@example("{" * 3000)
@example("a.b[" * 900)
@example("a.flag = " * 400 + "a.flag")
@example("a.b IN (" * 400)
@example("1" * 3999)
@example("'" * 3999)
@example("/*" * 1000)
@example("$$" * 3)
@example("a.t = '\ud800'")
def test_no_text_raises_anything_but_faults(text):
    for kind in (Rule, Formula):
        try:
            kind.parse(text, WIDE)
        except RuleFault as fault:
            assert all(one.message and one.remedy for one in fault.faults)
            assert fault.faults


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(rules(depth=2), st.data())
def test_no_damaged_rule_raises_anything_but_faults(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 6)))
    damaged = text[:start] + data.draw(st.text("()'.,=a父 NOT", max_size=3)) + text[end:]

    try:
        Rule.parse(damaged, WIDE)
    except RuleFault as fault:
        assert fault.faults
