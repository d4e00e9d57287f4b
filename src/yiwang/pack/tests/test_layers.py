"""Packs over layers, and declarations as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.pack.errors import PackFaulty
from yiwang.pack.loader import read
from yiwang.pack.models import CurrentPack
from yiwang.pack.tests.town import HALL, TOWN, Office, put, where

BY = Actor("operator", "tester")


def line(id: str, **fields: object) -> str:
    return json.dumps({"id": id, "title": {"zh": id, "en": id}, "phone": id, **fields})


@pytest.fixture
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layer")
    put(folder, "source/import.json", "{}")
    put(folder, "offices/items.jsonl", f"{line('a')}\n\n{line('b', above='a')}\n")
    return folder


def test_a_layer_lies_under_a_town(folder: Path, layer: Path):
    loaded = read(folder, [layer])

    assert loaded.problems == ()
    assert list(loaded.pack.all(Office)) == ["hall", "a", "b"]
    assert loaded.pack.hash != read(folder).pack.hash


def test_a_layer_alone_need_not_be_a_town(layer: Path):
    assert read(layer).problems == ()
    assert where(read(layer, whole=True)) == [("town/", 0, "none")]


def test_what_lies_above_counts_and_is_told(folder: Path, layer: Path):
    put(folder, "offices/a.yaml", HALL.replace("0990", "7"))

    loaded = read(folder, [layer])

    assert loaded.pack.all(Office)["a"].phone == "7"
    assert where(loaded) == [("offices/a.yaml", 1, "over-a-layer")]
    assert f"{layer.as_posix()}/offices/items.jsonl:1" in loaded.problems[0].what.en
    assert loaded.problems[0].severity == "finding"


def test_of_two_layers_the_first_lies_nearer(folder: Path, layer: Path, tmp_path_factory):
    lower = tmp_path_factory.mktemp("lower")
    put(lower, "offices/items.jsonl", line("a", phone="lower"))

    loaded = read(folder, [layer, lower])

    assert loaded.pack.all(Office)["a"].phone == "a"
    assert where(loaded) == [(f"{layer.as_posix()}/offices/items.jsonl", 1, "over-a-layer")]


def test_the_town_of_a_layer_is_passed_over(folder: Path, layer: Path):
    put(layer, "town/other.yaml", TOWN)

    loaded = read(folder, [layer])

    assert list(loaded.pack.of_kind("town")) == ["town"]
    assert [code for _, _, code in where(loaded)] == ["over-a-layer"]


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        (f'{line("c")}\n{{"id": "d", "ti', 2, "json"),
        ("[1]", 1, "not-a-declaration"),
        ("NaN", 1, "json"),
        ("[" * 100_000, 1, "json"),
        ('{"id": "d", "phone": "1", "phone": "2"}', 1, "duplicate-key"),
        (line("d", phne="1"), 1, "extra_forbidden"),
        (f"{line('d')}\n{line('d')}", 2, "duplicate-id"),
        (line("d", above="nowhere"), 1, "reference"),
        (line("d").replace("d", "号").encode("gb18030"), 1, "encoding"),
        (line("d", phone="1" * 200_001), 1, "too-much"),
        ("\n", 1, "empty"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_with_its_file(folder, layer, text, at, code):
    put(layer, "offices/more.jsonl", text)

    told = where(read(folder, [layer]))

    assert told == [(f"{layer.as_posix()}/offices/more.jsonl", at, code)]


def test_a_layer_that_is_not_there_is_told(folder: Path, tmp_path: Path):
    told = where(read(folder, [tmp_path / "nowhere"]))

    assert [code for _, _, code in told] == ["no-folder"]


@pytest.mark.django_db
def test_the_live_pack_remembers_its_layers(folder: Path, layer: Path):
    queries.forget()
    load(folder, over=[layer], by=BY)

    put(folder, "offices/c.yaml", HALL)
    load(folder, by=BY)

    assert list(queries.current().all(Office)) == ["c", "hall", "a", "b"]
    assert queries.layers() == [layer]
    assert [act.what for act in Act.objects.all()] == ["pack.loaded"] * 2

    load(folder, over=[], by=BY)

    assert list(queries.current().all(Office)) == ["c", "hall"]
    assert queries.layers() == []


@pytest.mark.django_db
def test_a_layer_cannot_be_made_live_without_a_town(layer: Path):
    queries.forget()
    with pytest.raises(PackFaulty, match="--over"):
        load(layer, by=BY)

    assert not CurrentPack.objects.exists()
