from __future__ import annotations

import re
from pathlib import Path

import pytest

from yiwang.web import environment
from yiwang.web.database import entry
from yiwang.web.environment import BadSetting, Setting

ROOMS = Path(environment.__file__).parents[1]


def test_the_reference_lists_every_setting_as_it_is():
    page = environment.CHECKOUT / "docs" / "reference" / "settings.md"

    assert page.read_text() == environment.reference()


def test_no_room_reads_the_environment_beside_the_list():
    reads = re.compile(r"environ(?:\.get\(|\[)\s*[\"'](\w+)|getenv\(\s*[\"'](\w+)")
    told = {one.name for one in environment.SETTINGS}
    told |= {"DJANGO_SETTINGS_MODULE", "LANG", "LC_ALL"}  # others' own

    found = {
        (one or other, str(path.relative_to(ROOMS)))
        for path in ROOMS.rglob("*.py")
        if "tests" not in path.parts
        for one, other in reads.findall(path.read_text())
    }

    assert {(name, where) for name, where in found if name not in told} == set()


def test_an_address_becomes_djangos_entry():
    made = entry("postgresql://amy:p%40ss@db.example:6543/city?sslmode=require")

    named = {key: made[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    assert named == {
        "HOST": "db.example",
        "PORT": "6543",
        "USER": "amy",
        "PASSWORD": "p@ss",
        "NAME": "city",
    }
    assert made["OPTIONS"] == {
        "connect_timeout": 5,
        "prepare_threshold": 5,
        "options": "-c plan_cache_mode=force_generic_plan -c jit=off",
        "sslmode": "require",
    }
    assert made["CONN_MAX_AGE"] is None


def test_what_an_address_asks_of_the_server_stands_last():
    made = entry("postgresql://db.example/city?options=-c%20jit%3Don")

    assert made["OPTIONS"]["options"].endswith(" -c jit=on")


def test_a_socket_address_is_read_too():
    made = entry("host=/run/yiwang user=yiwang dbname=yiwang")

    assert (made["HOST"], made["PORT"], made["PASSWORD"]) == ("/run/yiwang", "", "")


def test_an_unreadable_address_is_refused_without_repeating_it():
    with pytest.raises(BadSetting) as told:
        entry("postgresql//amy:geheim@db")

    assert "geheim" not in str(told.value)


@pytest.mark.parametrize(("given", "value"), [("1", True), ("yes", True), ("0", False)])
def test_yes_and_no(monkeypatch, given, value):
    monkeypatch.setenv("YIWANG_TRY", given)

    assert Setting("YIWANG_TRY", "0", "A try.").yes() is value


@pytest.mark.parametrize("given", ["maybe", "8000x", "٣", "70000", "-1"])
def test_a_value_nobody_can_use_is_refused(monkeypatch, given):
    monkeypatch.setenv("YIWANG_TRY", given)
    setting = Setting("YIWANG_TRY", "1", "A try.")

    with pytest.raises(BadSetting):
        setting.number(1, 65535)
    with pytest.raises(BadSetting):
        setting.yes()
