from __future__ import annotations

import pytest

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis
from yiwang.pack.pack import Pack
from yiwang.registers import checks
from yiwang.registers.declarations import Element, Grant, Register, Source

A = Text(zh="甲", en="A")
ASK = {"question": A, "example": "12"}


def element(id: str = "e", **fields: object) -> Element:
    return Element.model_validate({"id": id, "title": A, "type": "text", **fields})


def of_elements(*elements: Element) -> list[tuple[str, tuple, str]]:
    pack = Pack({"element": {one.id: one for one in elements}}, "")
    return [(one.id, one.path, one.code) for one in checks.elements(pack)]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "integer", "min": "1", "max": "1"},
        {"type": "date", "min": "2026-01-01"},
        {"type": "code", "codes": {"a": A}},
        {"pattern": "^[0-9]+$", "ask": ASK, "section": "s"},
        {"derive": "this.other = 'x'", "type": "boolean"},
        {"aggregate": {"party": "child", "take": "count"}, "type": "integer"},
    ],
)
def test_sound_elements_have_no_problem(fields):
    assert of_elements(element(**fields), element("other")) == []


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"min": "1"}, ("min",), "bound"),
        ({"type": "integer", "max": "2026-01-01"}, ("max",), "bound"),
        ({"type": "date", "min": "1"}, ("min",), "bound"),
        ({"type": "integer", "min": "2", "max": "1"}, ("min",), "empty-range"),
        ({"type": "code"}, ("type",), "no-codes"),
        ({"codes": {"a": A}}, ("codes",), "codes-unused"),
        ({"pattern": "("}, ("pattern",), "pattern"),
        ({"pattern": "^x$", "ask": ASK, "section": "s"}, ("ask", "example"), "example"),
        ({"ask": ASK, "section": "s", "derive": "this.other"}, ("derive",), "two-origins"),
        ({"aggregate": {"party": "child", "take": "sum"}}, ("aggregate",), "aggregate-of-nothing"),
        ({"derive": "this.nowhere"}, ("derive",), "formula"),
        ({"derive": "this.other +"}, ("derive",), "formula"),
        ({"derive": "mother.other"}, ("derive",), "formula"),
    ],
)
def test_each_fault_of_an_element_is_told(fields, path, code):
    assert of_elements(element(**fields), element("other")) == [("e", path, code)]


def test_formulas_that_need_each_other_are_told():
    found = of_elements(
        element("a", type="integer", derive="this.b + 1"),
        element("b", type="integer", derive="this.a + 1"),
    )

    assert found == [("a", ("derive",), "cycle")]


def register(**fields: object) -> Register:
    given = {
        "id": "r", "title": A, "steward": "s", "columns": {"id_number": "id", "name": "name"},
        "key": "id_number", "about": ("id_number",), "rhythm": A, "basis": Basis(law=A),
    }  # fmt: skip
    return Register(**{**given, **fields})


def of_register(one: Register) -> list[tuple[tuple, str, str]]:
    elements = {"id": element("id", format="identity-number"), "name": element("name")}
    pack = Pack({"register": {"r": one}, "element": elements}, "")
    return [(one.path, one.code, one.severity) for one in checks.registers(pack)]


def test_a_sound_register_has_no_problem():
    assert of_register(register(grants=(Grant(to="*", columns="*", basis=Basis(law=A)),))) == []


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"key": "nam"}, ("key",)),
        ({"lookup": ("name", "x")}, ("lookup", 1)),
        ({"about": ("id_number", "x")}, ("about", 1)),
        (
            {"grants": (Grant(to="*", columns=("name", "x"), basis=Basis(law=A)),)},
            ("grants", 0, "columns", 1),
        ),
    ],
)
def test_a_register_names_its_own_columns_only(fields, path):
    assert of_register(register(**fields)) == [(path, "column", "error")]


def test_people_read_about_must_be_told_so():
    assert of_register(register(about=())) == [(("columns", "id_number"), "not-about", "finding")]


def test_an_outside_source_says_where_its_address_stands():
    assert of_register(register(source=Source(kind="http"))) == [
        (("source",), "no-setting", "error")
    ]
