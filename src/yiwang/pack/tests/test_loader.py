from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.pack.loader import read
from yiwang.pack.source import MAX_BYTES
from yiwang.pack.tests.town import HALL, TOWN, Office, put, where


def office(**fields: str) -> str:
    lines = {"title": "{zh: 站, en: Station}", "phone": "1", **fields}
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def test_a_sound_pack_is_read(folder):
    put(folder, "offices/more.yaml", "- id: b\n  title: {zh: 乙, en: B}\n  phone: 0012\n")

    loaded = read(folder)

    assert loaded.problems == ()
    assert list(loaded.pack.all(Office)) == ["hall", "b"]
    assert loaded.pack.all(Office)["b"].phone == "0012"  # as it was written, not as a number
    assert len(loaded.pack.hash) == 64


def test_the_hash_tells_content_and_order_only(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    put(other, "town/town.yaml", "# the same, written otherwise\n" + TOWN)
    put(
        other, "offices/hall.yaml", 'id: hall\nphone: "0990"\ntitle:\n  zh: 镇公所\n  en: Town hall'
    )

    assert read(folder).pack.hash == read(other).pack.hash

    put(other, "offices/hall.yaml", HALL.replace("0990", "0991"))
    assert read(folder).pack.hash != read(other).pack.hash


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("title: {zh: 站, en: S}\n\tphone: 1\n", 2, "yaml"),
        ("title: {zh: 站, en: S}\nphone: 1: 2\n", 2, "yaml"),
        ('title: {zh: "站, en: S}\nphone: 1\n', 3, "yaml"),
        ("a: [1, 2\nb: 3\n", 2, "yaml"),
        ("a: *nowhere\n", 1, "yaml"),
        ("a: 1\n---\nb: 2\n", 2, "yaml"),
        ("a: \x07\n", 1, "yaml"),
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("[]\n", 1, "empty"),
        ("only words\n", 1, "not-a-declaration"),
        ("- x\n", 1, "not-a-declaration"),
        (office() + "phone: 2\n", 3, "duplicate-key"),
        (office(phone="!!python/object:os.system 1"), 2, "tag"),
        (office() + "? [a]\n: 1\n", 3, "key"),
        (office(phon="1"), 3, "extra_forbidden"),
        ("title: {zh: 站, en: S}\n", 1, "missing"),
        (office(phone=""), 2, "string_type"),
        (office(phone="{a: 1}"), 2, "string_type"),
        (office(title="站"), 1, "model_type"),
        (office(title="{zh: 站}"), 1, "missing"),
        (office(openings="monday"), 3, "tuple_type"),
        (office(openings="[{day: friday}]"), 3, "literal_error"),
        (office(openings="\n- day: monday\n  hours: 25"), 5, "less_than_equal"),
        (office(openings="\n- day: monday\n  hours: many"), 5, "int_parsing"),
        (office(rate="fast"), 3, "float_parsing"),
        (office(id="A B"), 3, "string_pattern_mismatch"),
        (office(above="hal"), 3, "reference"),
        (office(beside="\n- hall\n- nobody"), 5, "reference"),
        (office(desks="\n  hall: first\n  nobody: second"), 5, "reference"),
        (office(**{"from": "nobody"}), 3, "reference"),
    ],
)
def test_each_fault_is_told_with_its_line(told, text, line, code):
    assert told("offices/new.yaml", text) == [("offices/new.yaml", line, code)]


def test_the_nearest_name_is_offered(folder):
    put(folder, "offices/new.yaml", office(abov="hall", above="hal"))

    put(folder, "offices/new.yaml", office(abov="hall"))
    unknown = read(folder).problems[0]
    put(folder, "offices/new.yaml", office(above="hal"))
    missing = read(folder).problems[0]

    assert unknown.remedy.en.startswith("Did you mean “above”? ")
    assert missing.what.en == "There is no office “hal”."
    assert missing.remedy.zh.startswith("是不是「hall」？")


def test_a_star_and_a_list_fit_the_same_field(folder):
    put(folder, "offices/new.yaml", office(beside='"*"'))
    assert read(folder).problems == ()

    put(folder, "offices/new.yaml", office(beside="[hall]"))
    assert read(folder).problems == ()


def test_everything_is_told_at_once(folder):
    put(folder, "offices/a.yaml", office(above="nobody"))
    put(folder, "offices/b.yaml", office(oops="1", title="站"))
    put(folder, "town/other.yaml", "a: [\n")

    assert where(read(folder)) == [
        ("offices/a.yaml", 3, "reference"),
        ("offices/b.yaml", 1, "model_type"),
        ("offices/b.yaml", 3, "extra_forbidden"),
        ("town/other.yaml", 2, "yaml"),
    ]


def test_what_may_stand_in_a_file_nobody_could_read_is_not_called_missing(folder):
    put(folder, "offices/a.yaml", office(above="b"))
    put(folder, "offices/b.yaml", "a: [\n")

    assert where(read(folder)) == [("offices/b.yaml", 2, "yaml")]


def test_an_office_with_a_fault_of_its_own_is_still_known(folder):
    put(folder, "offices/a.yaml", office(above="b"))
    put(folder, "offices/b.yaml", office(oops="1"))

    assert where(read(folder)) == [("offices/b.yaml", 3, "extra_forbidden")]


def test_an_id_is_declared_once(told):
    assert told("offices/x.yaml", "- id: hall\n  title: {zh: 站, en: S}\n  phone: 1\n") == [
        ("offices/x.yaml", 1, "duplicate-id")
    ]


def test_what_there_is_one_of_is_declared_exactly_once(folder):
    put(folder, "town/other.yaml", TOWN)
    assert where(read(folder)) == [("town/town.yaml", 1, "single")]

    (folder / "town/other.yaml").unlink()
    (folder / "town/town.yaml").unlink()
    assert where(read(folder)) == [("town/", 0, "none")]


def test_files_nobody_would_read_are_told(folder):
    put(folder, "stray.yaml", "a: 1")
    put(folder, "ofices/a.yaml", office())
    put(folder, "offices/b.yml", office())
    put(folder, "demo/people.yaml", "anything: goes\n- here")
    put(folder, "offices/README.md", "words")
    put(folder, "map.geojson", "{}")

    assert where(read(folder)) == [
        ("offices/b.yml", 0, "ending"),
        ("ofices/", 0, "unknown-folder"),
        ("stray.yaml", 0, "stray"),
    ]
    assert read(folder).problems[1].remedy.zh.startswith("是不是「offices」？")


def test_only_utf8_is_read(told):
    text = office(title="{zh: 车站, en: S}")

    assert told("offices/a.yaml", text.encode("gbk")) == [("offices/a.yaml", 1, "encoding")]
    assert told("offices/a.yaml", text.encode("utf-16")) == [("offices/a.yaml", 1, "encoding")]
    assert told("offices/a.yaml", b"\xef\xbb\xbf" + text.encode()) == []


def test_windows_line_ends_are_read(told):
    assert told("offices/a.yaml", office(oops="1").replace("\n", "\r\n")) == [
        ("offices/a.yaml", 3, "extra_forbidden")
    ]


def test_a_file_too_large_is_not_read(told):
    assert told("offices/a.yaml", b"#" * (MAX_BYTES + 1)) == [("offices/a.yaml", 0, "too-large")]


def test_references_that_unfold_without_end_are_stopped(told):
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    assert [code for *_, code in told("offices/a.yaml", bomb)] == ["too-much"]
    assert [code for *_, code in told("offices/a.yaml", "a: &a\n  b: *a\n")] == ["too-much"]
    assert [code for *_, code in told("offices/a.yaml", "[" * 5000)] == ["too-much"]
    deep = "".join(f"{' ' * n}a:\n" for n in range(200))
    assert [code for *_, code in told("offices/a.yaml", deep)] == ["too-much"]
    brackets = "a: " + "[" * 100_000  # composed, this would end the process
    assert [code for *_, code in told("offices/a.yaml", brackets)] == ["too-much"]


def test_a_link_that_leads_out_is_not_followed(folder, tmp_path_factory):
    outside = put(tmp_path_factory.mktemp("outside"), "a.yaml", office())
    (folder / "offices/a.yaml").symlink_to(outside)
    (folder / "offices/inside.yaml").symlink_to(folder / "offices/hall.yaml")

    assert where(read(folder)) == [("offices/a.yaml", 0, "leads-out")]


def test_a_link_to_nowhere_or_a_pipe_does_no_harm(folder):
    (folder / "offices/a.yaml").symlink_to(folder / "offices/gone.yaml")

    assert read(folder).pack is not None


def test_of_a_folder_that_is_not_there_one_thing_is_told(tmp_path):
    a_file = tmp_path / "city.yaml"
    a_file.write_text("id: town", encoding="utf-8")

    nowhere, file = read(tmp_path / "nowhere"), read(a_file)

    assert [one.code for one in nowhere.problems] == ["no-folder"]
    assert nowhere.pack is None
    assert [one.what.en for one in file.problems] == [f"{a_file} is a file, not a folder."]


def test_findings_do_not_stand_in_the_way(told, folder):
    assert told("offices/a.yaml", office(phone="0990")) == [("offices/hall.yaml", 2, "phone")]
    assert read(folder).pack is not None
    assert read(folder).errors == ()


WORDS = st.sampled_from(
    ["title", "zh", "en", "phone", "id", "hall", "openings", "day", "above", "beside", "desks"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(value=VALUES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_file_declares_nothing_is_raised(tmp_path: Path, value):
    put(tmp_path, "town/town.yaml", TOWN)
    put(tmp_path, "offices/hall.yaml", HALL)
    put(tmp_path, "offices/a.yaml", yaml.safe_dump(value, allow_unicode=True))

    for problem in read(tmp_path).problems:
        assert problem.what.zh and problem.what.en and problem.remedy.zh and problem.remedy.en
        assert problem.code != "check-failed"


@given(data=st.binary(max_size=200) | st.text(alphabet="a:-?&*!|>{}[]#'\"%@ \n\t\0,", max_size=80))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_bytes_a_file_holds_nothing_is_raised(tmp_path: Path, data):
    put(tmp_path, "offices/a.yaml", data)

    assert read(tmp_path).problems
