"""Each mistake a city can make in a service or bundle is told with file, line and remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from yiwang.pack.declaration import Problem
from yiwang.pack.loader import read
from yiwang.services.tests.family import PACK

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "pack"
    shutil.copytree(PACK, copy, ignore=shutil.ignore_patterns("demo", "map.geojson"))
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    def change(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text()
        assert old in text, f"{file} no longer says {old!r}"
        path.write_text(text.replace(old, new, 1))

    return change


def errors(folder: Path) -> list[Problem]:
    return [one for one in read(folder).problems if one.severity == "error"]


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text().splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


CARD = "services/social-security-card.yaml"
BIRTH = "services/birth-certificate.yaml"
NEWBORN = "bundles/newborn.yaml"


def test_the_pack_of_the_city_has_no_error_and_no_finding(folder):
    assert read(folder).problems == ()


def test_a_rule_that_reads_an_undeclared_element_is_told_at_its_line(folder, edit):
    edit(BIRTH, 'rule: "NOT child.certificate_issued"', 'rule: "NOT child.certificate_isued"')

    found = errors(folder)

    assert [one.line for one in found] == [line_of(folder, BIRTH, "certificate_isued")]
    assert found[0].file == BIRTH and "certificate_isued" in found[0].what.en


def test_an_optional_party_read_unguarded_is_an_error(folder, edit):
    edit(BIRTH, 'when: "father.exists"', 'when: "father.married"')

    found = errors(folder)

    assert found and all(one.file == BIRTH for one in found)
    assert "father.exists" in found[0].remedy.en


def test_a_promise_above_the_statutory_limit_is_an_error(folder, edit):
    edit(BIRTH, "promised: {days: 1}", "promised: {days: 9}")

    found = errors(folder)

    assert [one.code for one in found if one.kind == "service"] == ["limit"]
    assert found[0].line == line_of(folder, BIRTH, "promised: {days: 9}")


def test_items_that_wait_for_each_other_are_told_as_a_circle(folder, edit):
    edit(
        BIRTH,
        "  - {element: child.sex}\n",
        "  - {element: child.sex}\n  - {element: child.id_number}\n",
    )

    found = [one for one in errors(folder) if one.code == "circle"]

    assert [one.id for one in found] == ["newborn"]
    assert "birth-certificate" in found[0].what.en and "household-registration" in found[0].what.en


def test_departments_that_contradict_each_other_on_one_element_are_told(folder, edit):
    edit(BIRTH, "child.name: {max_length: 30}", "case.delivery: {codes: [post]}")
    edit(CARD, "narrow:\n", "narrow:\n  case.delivery: {codes: [pickup]}\n")

    found = [one for one in errors(folder) if one.code == "contradiction"]

    assert [one.id for one in found] == ["newborn"]
    assert "birth-certificate" in found[0].what.en and "social-security-card" in found[0].what.en


HUKOU = "services/household-registration.yaml"
DOSES = "services/vaccination-record.yaml"


@pytest.mark.parametrize(
    ("new", "path", "what"),
    [
        ("not_before: child.name", ("narrow", "child.hepatitis_b_on", "not_before"), "no date"),
        ("not_after: child.born", ("narrow", "child.hepatitis_b_on", "not_after"), "no element"),
        ("not_before: baby.birth_date", ("narrow", "child.hepatitis_b_on", "not_before"), "party"),
    ],
)
def test_a_day_is_bound_by_a_day_there_is(folder, edit, new, path, what):
    edit(DOSES, "hepatitis_b_on: {not_before: child.birth_date}", f"hepatitis_b_on: {{{new}}}")

    found = [one for one in errors(folder) if one.kind == "service"]

    assert {one.path for one in found} == {path} and what in found[0].what.en


def test_a_day_of_one_of_several_binds_nothing_of_another_party(folder, edit):
    edit(CARD, "narrow:\n", "narrow:\n  mother.birth_date: {not_after: child.birth_date}\n")
    edit(CARD, "per: child\n", "")

    assert any("several" in one.what.en for one in errors(folder) if one.path[:1] == ("narrow",))


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        ("    when: father.exists\n    set", "    set", ("changes", 1, "set"), "no father"),
        ("when: father.exists\n    set", "when: father.there\n    set", ("changes", 1, "when"),
         "there" ),
        ("mother_local: ", "mother_locale: ", ("define", "joins_father"), "mother_local"),
        ("  mother_local: ", "  'true': 'TRUE'\n  mother_local: ", ("define", "true"), "word"),
        ("when: groups_differ", "when: group_differs", ("asks", 11, "when"), "group_differs"),
    ],
)  # fmt: skip
def test_a_name_or_a_rule_of_a_change_that_cannot_be_read_is_told(
    folder, edit, old, new, path, what
):
    edit(HUKOU, old, new)

    found = {one.path[: len(path)]: one for one in errors(folder)}

    assert what in found[path].what.en


def test_one_element_defined_twice_is_an_error(folder):
    (folder / "elements" / "again.yaml").write_text(
        "- {id: sex, title: {zh: 性别, en: Sex}, type: text}\n"
    )

    found = errors(folder)

    assert [(one.code, one.id) for one in found] == [("duplicate-id", "sex")]
    assert "elements/again.yaml" in found[0].what.en + found[0].file


def test_a_bundle_that_promises_too_much_is_told_by_how_much(folder, edit):
    edit(NEWBORN, "promise: {days: 5}", "promise: {days: 3}")

    found = errors(folder)

    assert [(one.code, one.file) for one in found] == [("promise", NEWBORN)]
    assert "5" in found[0].what.en


def test_an_item_nobody_knows_and_a_party_nobody_plays(folder, edit):
    edit(
        NEWBORN,
        "  - {service: child-care-guidance, within: {days: 3}}",
        "  - {service: child-care-guidence, within: {days: 3}}",
    )
    edit(
        NEWBORN,
        "  - {service: maternity-refund, within: {days: 4}}",
        "  - {service: maternity-refund, as: {baby: child}, within: {days: 4}}",
    )

    found = errors(folder)

    assert any("child-care-guidence" in one.what.en for one in found)


def test_a_value_nobody_can_tell_is_an_error(folder, edit):
    text = (folder / "elements" / "matter.yaml").read_text()
    (folder / "elements" / "matter.yaml").write_text(
        text + "- {id: shoe_size, title: {zh: 鞋码, en: Shoe size}, type: integer}\n"
    )
    edit(BIRTH, "  - {element: mother.name}\n", "  - {element: mother.shoe_size}\n")

    found = errors(folder)

    assert {one.code for one in found} == {"no-source"}
    assert "shoe_size" in found[0].what.en


def test_a_thin_guide_is_a_finding_and_blocks_nothing(folder, edit):
    text = (folder / BIRTH).read_text()
    (folder / BIRTH).write_text(text[: text.index("questions:\n")])

    loaded = read(folder)

    assert loaded.pack is not None
    assert [(one.severity, one.code) for one in loaded.problems] == [("finding", "questions")]


def test_coming_in_person_without_a_clause_that_demands_it_is_a_finding(folder, edit):
    edit(CARD, "limits:", "visits: 1\nlimits:")

    found = read(folder).problems

    assert [(one.severity, one.code, one.file) for one in found] == [
        ("finding", "no-obstacle", CARD)
    ]


def test_a_declared_clause_answers_for_coming_in_person(folder, edit):
    edit("services/vaccination-record.yaml", "limits:", "visits: 1\nlimits:")

    assert read(folder).problems == ()


def test_paper_only_without_a_clause_is_a_finding_and_a_clause_for_nothing_an_error(folder, edit):
    edit(BIRTH, "materials:\n", "materials:\n  - {id: p, title: {zh: 纸, en: P}, of: child}\n")
    clauses = "obstacles/obstacles.yaml"
    edit(clauses, "  items: [maternity-refund]\n", "")

    found = read(folder).problems

    assert {(one.severity, one.code) for one in found} >= {
        ("finding", "no-obstacle"), ("error", "touches-nothing"),
    }  # fmt: skip


def test_a_licence_of_people_is_not_given_to_a_firm(folder, edit):
    edit("licences/food.yaml", "  holder: organisation\n", "")

    (problem,) = errors(folder)

    assert problem.file == "services/food-business-licence.yaml"
    assert "holder: organisation" in problem.remedy.en
