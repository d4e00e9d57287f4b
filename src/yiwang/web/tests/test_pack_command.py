from __future__ import annotations

import json
import re
import shutil

import pytest

from yiwang.kernel.words import speaking
from yiwang.ledger.models import Act
from yiwang.pack import queries
from yiwang.web.cli import main
from yiwang.web.environment import CHECKOUT

EXAMPLE = CHECKOUT / "docs" / "reference" / "pack" / "example"


@pytest.fixture(autouse=True)
def language_restored():
    with speaking("zh"):
        yield


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "town")


def change(folder, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_sound_pack_passes_with_its_version(folder, capsys):
    assert main(["pack", "check", str(folder), "--lang", "en"]) == 0

    assert capsys.readouterr().out.startswith("0 errors, 0 findings; version ")


def test_faults_are_printed_with_line_and_remedy(folder, capsys):
    change(folder, "services/library-card.yaml", "department: library", "department: libary")

    assert main(["pack", "check", str(folder), "--lang", "zh"]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "✗ services/library-card.yaml:3 [library-card department]",
        "    没有声明部门「libary」。",
        "    → 是不是「library」？不是就在 departments/ 里声明它。",
        "错误 1 个，建议 0 个。",
    ]


def test_faults_for_machines_stand_in_both_languages(folder, capsys):
    change(folder, "city/city.yaml", "case_prefix", "case_prefixes")

    assert main(["pack", "check", str(folder), "--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["version"]) == (2, None)
    assert {(one["file"], one["line"], one["code"]) for one in told["problems"]} == {
        ("city/city.yaml", 1, "missing"),
        ("city/city.yaml", 8, "extra_forbidden"),
    }
    assert set(told["problems"][0]["what"]) == {"zh", "en"}


def test_differences_are_told_in_the_words_of_people(folder, capsys):
    change(folder, "services/library-card.yaml", "promised: {days: 2}", "promised: {days: 3}")
    change(folder, "services/library-card.yaml", "birth_date) >= 6", "birth_date) >= 7")
    change(folder, "departments/departments.yaml", "0998-1000 0002", "0998-1000 0003")

    assert main(["pack", "diff", str(EXAMPLE), str(folder), "--lang", "en"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "· Qingshi City Library: phone 0998-1000 0003."
    assert told[1].startswith("· Library card: a condition changes. Before: ")
    assert told[2] == "· Library card: the promised time grows from 2 to 3 days."
    assert told[3] == "3 changes."


def test_a_pack_that_did_not_change_has_no_differences(folder, capsys):
    assert main(["pack", "diff", str(EXAMPLE), str(folder), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.django_db
def test_a_load_is_live_and_recorded_once(folder, capsys):
    assert main(["pack", "load", str(folder), "--lang", "en"]) == 0
    assert main(["pack", "load", str(folder), "--lang", "en"]) == 0

    version = queries.current_hash()[:12]
    first, found, again = capsys.readouterr().out.splitlines()
    assert (first, again) == (f"Live now: version {version}.", f"Unchanged: version {version}.")
    assert re.fullmatch(r"[0-9]+ documents can be found; the index took [0-9.]+ s\.", found)
    assert Act.objects.filter(what="pack.loaded").count() == 1
    queries.forget()


@pytest.mark.django_db
def test_a_faulty_pack_is_not_loaded(folder, capsys):
    change(folder, "city/city.yaml", "hotline", "hotlin")

    assert main(["pack", "load", str(folder), "--lang", "en"]) == 1

    assert "There is no field “hotlin” here." in capsys.readouterr().out
    assert Act.objects.count() == 0


def test_schemas_are_printed_for_machines(capsys):
    assert main(["pack", "schema"]) == 0

    assert {"service", "bundle", "element"} <= set(json.loads(capsys.readouterr().out))
