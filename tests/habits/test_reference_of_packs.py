"""What is published about packs is what the program does."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from yiwang.kernel.words import Text
from yiwang.pack import docs, schema
from yiwang.pack.declaration import KINDS
from yiwang.pack.loader import read
from yiwang.pack.references import fields
from yiwang.web.environment import CHECKOUT

REFERENCE = CHECKOUT / "docs" / "reference"
EXAMPLE = REFERENCE / "pack" / "example"
PACKS = [EXAMPLE, *sorted(path.parents[1] for path in CHECKOUT.glob("packs/*/city/city.yaml"))]
AGAIN = "run: yiwang pack schema --write"


def test_the_schemas_on_disk_are_those_of_the_program():
    for name, kind in KINDS.items():
        path = REFERENCE / "schemas" / f"{name}.json"
        assert path.read_text(encoding="utf-8") == schema.as_text(kind), AGAIN


def test_the_pages_on_disk_are_those_of_the_program():
    for name, text in docs.pages(EXAMPLE).items():
        assert (REFERENCE / "pack" / name).read_text(encoding="utf-8") == text, AGAIN


def test_every_kind_has_an_example():
    for kind in (one for _, one in KINDS.items()):
        assert list((EXAMPLE / kind.folder).glob("*.yaml")), kind.name


def test_every_field_says_what_it_means():
    silent = [
        f"{model.__name__}.{name}"
        for kind in (one for _, one in KINDS.items())
        for model in (kind.model, *schema.parts_of(kind.model))
        if model is not Text
        for name, info in fields(model).items()
        if not info.description
    ]
    assert sorted(set(silent)) == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda one: one.name)
def test_the_packs_that_come_with_the_program_are_sound(folder: Path):
    told = [f"{one.file}:{one.line} {one.what.en}" for one in read(folder).problems]

    assert told == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda one: one.name)
def test_every_file_of_a_sound_pack_fits_its_schema(folder: Path):
    for name, kind in KINDS.items():
        valid = jsonschema_rs.validator_for(json.loads(schema.as_text(kind)))
        for path in sorted((folder / kind.folder).rglob("*.yaml")):
            value = yaml.load(path.read_text(encoding="utf-8"), Loader=_Written)
            wrong = next(iter(valid.iter_errors(value)), None)
            assert wrong is None, f"{name} {path}: {wrong}"


class _Written(yaml.SafeLoader):
    """YAML as editors see it: dates stay text."""


_Written.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
