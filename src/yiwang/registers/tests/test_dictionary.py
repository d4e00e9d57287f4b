"""The dictionary: what people type, what rules know, how values are stored and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from yiwang.kernel.errors import BadInput
from yiwang.kernel.identifiers import identity_number
from yiwang.kernel.words import Text
from yiwang.registers import dictionary
from yiwang.registers.declarations import Aggregate, Ask, Element
from yiwang.rules import PartyScope

TODAY = date(2026, 11, 21)
NUMBER = identity_number("990102", date(1996, 3, 8), 246)


def element(type="text", **more):
    return Element(id="it", title=Text(zh="某项", en="Something"), type=type, **more)


def parse(element, raw, **more):
    return dictionary.parse(element, raw, on=TODAY, field="f", **more)


def fault(element, raw, **more):
    with pytest.raises(BadInput) as caught:
        parse(element, raw, **more)
    assert caught.value.field == "f"
    assert caught.value.text.zh.startswith(("某项", "请填写某项"))
    assert caught.value.text.en.startswith("Something: ")
    return caught.value.text


CODES = {"a": Text(zh="甲", en="first"), "b": Text(zh="乙", en="second")}


@pytest.mark.parametrize(
    ("element", "raw", "value"),
    [
        (element(), "  <script>alert(1)</script> ", "<script>alert(1)</script>"),
        (element(), "Zoe\u0308", "Zoë"),
        (element(format="long"), "一\r\n二", "一\n二"),
        (element(format="identity-number"), f" {NUMBER[:6]} {NUMBER[6:]} ", NUMBER),
        (element(format="identity-number"), NUMBER.translate(
            str.maketrans("0123456789X", "０１２３４５６７８９ｘ")), NUMBER),
        (element(format="phone"), "+86 138-0013-8000", "13800138000"),
        (element(format="phone"), "(0990) 1234567", "09901234567"),
        (element(format="phone"), "+852 2345 6789", "+85223456789"),
        (element(format="email"), "lin@example.cn", "lin@example.cn"),
        (element(format="bank-account"), "6222 0000 0000 0000 123", "6222000000000000123"),
        (element("integer"), "３，３５０", 3350),
        (element("integer", unit=Text(zh="克", en="g")), "3350克", 3350),
        (element("decimal"), "-1.50", Decimal("-1.5")),
        (element("money"), "￥1,234.50元", Decimal("1234.5")),
        (element("date"), "2026年5月1日", date(2026, 5, 1)),
        (element("date"), "２０２６／５／１", date(2026, 5, 1)),
        (element("date"), "20260501", date(2026, 5, 1)),
        (element("date", within="past"), "2026-11-21", TODAY),
        (element("boolean"), "是", True),
        (element("boolean"), "no", False),
        (element("boolean", format="consent"), "", False),
        (element("boolean", format="consent"), "on", True),
        (element("code", codes=CODES), "a", "a"),
        (element("code", codes=CODES), "乙", "b"),
        (element(format="division"), "t-1", "t-1"),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(element, raw, value):
    assert parse(element, raw) == value
    assert type(parse(element, raw)) is type(value)


@pytest.mark.parametrize(
    ("element", "raw", "zh"),
    [
        (element(), "   ", "请填写某项。"),
        (element(), "a\x00b", "看不见的控制字符"),
        (element(), "a\nb", "看不见的控制字符"),
        (element(), "a\u202eb", "看不见的控制字符"),
        (element(), "长" * 5001, "最多 5000 个字"),
        (element(max_length=3), "四个字呀", "最多 3 个字"),
        (element(pattern=r"\d{3}", ask=Ask(question=Text(zh="?", en="?"), example="1{2}3")), "12",
         "应当像“1{2}3”这样"),
        (element(format="identity-number"), "9901021996", "现在是 10 位"),
        (element(format="identity-number"), NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"),
         "校验位不符"),
        (element(format="identity-number"), identity_number("990102", date(2027, 1, 1), 1),
         "在今天之后"),
        (element(format="credit-code"), "91310000000000000X", "统一社会信用代码"),
        (element(format="phone"), "12345", "电话号码"),
        (element(format="phone"), "١٣٨٠٠١٣٨٠٠٠", "电话号码"),
        (element(format="email"), "lin@", "邮箱"),
        (element(format="bank-account"), "123", "12 到 19 位"),
        (element("integer"), "三", "整数"),
        (element("integer"), "1.5", "整数"),
        (element("integer"), "1" * 40, "整数"),
        (element("integer", min=Decimal(300), max=Decimal(8000), unit=Text(zh="克", en="g")),
         "33500", "300 克 到 8000 克 之间"),
        (element("integer", min=Decimal(300)), "3", "不能小于 300"),
        (element("money"), "1.005", "两位小数"),
        (element("money", max=Decimal(100)), "101", "不能大于 ¥100.00"),
        (element("decimal"), "1e9", "数字"),
        (element("date"), "昨天", "年-月-日"),
        (element("date"), "2026-02-30", "没有这一天"),
        (element("date", within="past"), "2026-11-22", "不能晚于今天（2026年11月21日）"),
        (element("date", within="future"), "2026-11-20", "不能早于今天"),
        (element("date"), "0001-01-01", "早于 1850 年"),
        (element("boolean"), "也许", "请选“是”或“否”"),
        (element("code", codes=CODES), "c", "请从列出的选项里选一个：甲、乙。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(element, raw, zh):
    text = fault(element, raw)

    assert zh in text.zh
    assert text.en != text.zh


def test_a_division_must_be_known():
    assert "没有这个区划" in fault(element(format="division"), "nowhere", known={"t-1"}).zh


@dataclass
class Narrow:
    min: str | None = None
    max: str | None = None
    max_length: int | None = None
    codes: tuple[str, ...] | None = None


def test_narrowings_are_intersected():
    weight = element("integer", min=Decimal(300), max=Decimal(8000))

    bounds = dictionary.intersect(weight, [Narrow(min="500"), Narrow(min="400", max="6000")])

    assert (bounds.min, bounds.max) == (500, 6000)
    assert "500 到 6000" in fault(weight, "450", narrow=bounds).zh


def test_codes_left_are_those_all_departments_take():
    both = dictionary.intersect(element("code", codes=CODES), [Narrow(codes=("b",))])

    assert both.codes == ("b",)
    assert "：乙。" in fault(element("code", codes=CODES), "a", narrow=both).zh


@pytest.mark.parametrize(
    ("element", "narrowings", "message"),
    [
        (element("integer"), [Narrow(min="5"), Narrow(max="4")], "at least 5 and at most 4"),
        (element("date"), [Narrow(min="x")], "'x' is no date"),
        (element("code", codes=CODES), [Narrow(codes=("a",)), Narrow(codes=("b",))], "no code"),
        (element("code", codes=CODES), [Narrow(codes=("z",))], "has no code 'z'"),
        (element(), [Narrow(min="1")], "no least or greatest"),
        (element(), [Narrow(max_length=0)], "shorter than one"),
    ],
)  # fmt: skip
def test_contradicting_departments_are_an_error(element, narrowings, message):
    with pytest.raises(ValueError, match=message):
        dictionary.intersect(element, narrowings)


@pytest.mark.parametrize(
    ("element", "value", "json", "zh", "en"),
    [
        (element(), "林", "林", "林", "林"),
        (element("integer", unit=Text(zh="克", en="g")), 3350, 3350, "3350 克", "3350 g"),
        (element("decimal"), Decimal("1.500000"), "1.500000", "1.5", "1.5"),
        (element("money"), Decimal("1234.5"), "1234.5", "¥1,234.50", "¥1,234.50"),
        (element("date"), TODAY, "2026-11-21", "2026年11月21日", "21 November 2026"),
        (element("boolean"), True, True, "是", "yes"),
        (element("boolean", format="consent"), False, False, "不同意", "not agreed"),
        (element("code", codes=CODES), "a", "a", "甲", "first"),
    ],
)
def test_values_are_stored_and_shown(element, value, json, zh, en):
    assert dictionary.to_json(value) == json
    assert dictionary.from_json(element, json) == value
    assert dictionary.shown(element, value, "zh") == zh
    assert dictionary.shown(element, value, "en") == en


@pytest.mark.parametrize(
    ("element", "json"),
    [
        (element("integer"), True),
        (element("integer"), "3"),
        (element("boolean"), 1),
        (element("date"), "2026-13-01"),
        (element("money"), "NaN"),
        (element("code", codes=CODES), "z"),
        (element(), ["x"]),
    ],
)
def test_json_of_another_type_is_no_value(element, json):
    with pytest.raises(ValueError, match="it"):
        dictionary.from_json(element, json)


def test_a_place_is_shown_by_its_path(pack):
    place = element(format="division")

    assert dictionary.shown(place, "t-1-1", "zh", pack=pack) == "东区柳街道"
    assert dictionary.shown(place, "t-1-1", "en", pack=pack) == "Willow, East"
    assert dictionary.shown(place, "gone", "zh", pack=pack) == "gone"


def test_rules_see_every_element_of_every_party_and_of_the_case(pack):
    scope = dictionary.scope(pack, {"mother": PartyScope(title=None)})

    assert set(scope.parties) == {"case", "mother"}
    assert scope.elements["sex"].codes == ("female", "male")
    assert scope is dictionary.scope(pack, {"mother": PartyScope(title=None)})


def test_derived_elements_are_formulas_over_this(pack):
    formula = dictionary.derived(pack)["adult"]
    [column] = formula.columns

    assert str(column) == "this.birth_date"
    assert formula.value({column: date(2008, 11, 21)}, on=TODAY) is True
    assert formula.value({column: date(2008, 11, 22)}, on=TODAY) is False
    assert formula.value({}, on=TODAY) is None


@pytest.mark.parametrize(
    ("take", "values", "result"),
    [
        ("count", [None, 1], 2),
        ("any", [False, None], None),
        ("any", [None, True], True),
        ("all", [False, None], False),
        ("all", [], True),
        ("sum", [Decimal(1), Decimal(2)], Decimal(3)),
        ("sum", [1, None], None),
        ("min", [TODAY, date(2020, 1, 1)], date(2020, 1, 1)),
        ("max", [], None),
    ],
)
def test_a_value_over_many_is_unknown_where_it_could_still_change(take, values, result):
    assert dictionary.aggregated(Aggregate(party="child", take=take), values) == result
