from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.web.cli import main
from yiwang.web.demo.accounts import NONE_YET, NOT_DEMO, told
from yiwang.web.demo.settling import settle
from yiwang.web.demo.town import build

SCHEMA = Path(__file__).parents[5] / "docs" / "reference" / "schemas" / "demo-accounts.json"


@pytest.fixture
def settled(pack, quiet, settings):
    settings.DEMO = True
    settle(quiet, pack, build(quiet, pack, on=moment.today(), scale=0))


def test_what_machines_get_fits_the_published_schema(settled, capsys):
    assert main(["demo", "accounts", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    jsonschema_rs.validator_for(json.loads(SCHEMA.read_text())).validate(found)
    assert found["groups"][0]["id"] == "residents"
    first = found["groups"][0]["accounts"][0]
    assert (first["username"], first["name"]) == ("mother.lin", "林知微")


def test_people_read_every_user_name_and_the_password(settled, capsys, quiet):
    main(["demo", "accounts"])

    said = capsys.readouterr().out
    assert quiet.people.password in said
    assert all(clerk.account in said for clerk in quiet.people.staff)


def test_passwords_are_told_in_the_demo_only(settled, settings):
    settings.DEMO = False

    with pytest.raises(Refusal) as refused:
        told()

    assert refused.value.text == NOT_DEMO


def test_before_loading_there_are_none(pack, settings):
    settings.DEMO = True

    with pytest.raises(Refusal) as refused:
        told()

    assert refused.value.text == NONE_YET
