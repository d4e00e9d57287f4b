from __future__ import annotations

from yiwang.identity import checks
from yiwang.identity.declarations import City, Department, Division, Role
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack

A = Text(zh="甲", en="A")


def division(id: str, level: str, parent: str | None = None) -> Division:
    return Division(id=id, title=A, level=level, parent=parent)


def department(id: str, **fields: object) -> Department:
    given = {"title": A, "short": A, "division": "c", "phone": "1", "complaint_phone": "2"}
    return Department(id=id, **{**given, "address": A, "hours": A, **fields})


def pack(**kinds: list) -> Pack:
    return Pack({kind: {one.id: one for one in declared} for kind, declared in kinds.items()}, "")


def codes(problems) -> list[tuple[str, tuple, str]]:
    return [(one.id, one.path, one.code) for one in problems]


def test_a_sound_tree_has_no_problem():
    tree = [division("c", "city"), division("d", "district", "c"), division("x", "cell", "d")]

    assert codes(checks.divisions(pack(division=tree))) == []


def test_divisions_that_lie_in_each_other_are_told_once():
    tree = [division("c", "city"), division("a", "street", "b"), division("b", "street", "a")]

    found = codes(checks.divisions(pack(division=tree)))

    assert found[0] == ("a", ("parent",), "cycle")
    assert [code for *_, code in found].count("cycle") == 1


def test_a_second_root_and_a_wrong_level_are_told():
    tree = [division("c", "city"), division("e", "district"), division("s", "city", "e")]

    assert codes(checks.divisions(pack(division=tree))) == [
        ("e", (), "second-root"),
        ("s", ("parent",), "level"),
    ]


def test_the_city_is_its_topmost_division():
    one = City(
        id="x", title=A, government=A, division="d", region_code="990100", bureau="b",
        hotline="1", case_prefix="AB", appeal=A, about=A,
    )  # fmt: skip
    tree = [division("c", "city"), division("d", "district", "c")]

    assert codes(checks.city(pack(city=[one], division=tree))) == [
        ("x", ("division",), "not-the-city")
    ]


def test_departments_do_not_stand_above_each_other_in_a_circle():
    found = checks.departments(
        pack(department=[department("a", parent="b"), department("b", parent="a")])
    )

    assert codes(found) == [("a", ("parent",), "cycle")]


def test_thin_contact_details_are_findings():
    empty = department("a", complaint_phone="1", hours=Text(zh="", en=""))

    found = list(checks.departments(pack(department=[empty])))

    assert [(one.code, one.severity) for one in found] == [
        ("same-phone", "finding"),
        ("no-hours", "finding"),
    ]


def test_a_permission_nobody_knows_is_an_error_with_the_nearest():
    role = Role(id="r", title=A, about=A, permissions=("packs.view", "packs.lod"))

    [problem] = checks.roles(pack(role=[role]))

    assert (problem.path, problem.code, problem.severity) == (
        ("permissions", 1),
        "unknown-permission",
        "error",
    )
    assert problem.remedy.en.startswith("Did you mean “packs.load”? ")
