"""The whole of `yiwang up`, once: what an operator does in a bad night."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from yiwang.web.supervisor import preflight
from yiwang.web.supervisor.processes import City

pytestmark = pytest.mark.skipif(
    not preflight.BUILT.is_dir(), reason="the pages are not built (npm run build)"
)
WAIT = 90  # seconds; on a quiet machine it takes five
TOWN = {
    "city/city.yaml": """
id: town
title: {zh: 小镇, en: Town}
government: {zh: 小镇人民政府, en: Town Government}
division: "990900"
region_code: "990900"
bureau: office
hotline: "12345"
web: https://town.example
case_prefix: TN
appeal: {zh: 可以申请复议。, en: You may ask for a review.}
about: {zh: 为测试而设。, en: Made for a test.}
""",
    "divisions/990900.yaml": """
id: "990900"
level: city
title: {zh: 小镇, en: Town}
""",
    "departments/office.yaml": """
id: office
title: {zh: 镇办公室, en: Town Office}
short: {zh: 镇办, en: Office}
division: "990900"
phone: "0990-1000000"
complaint_phone: "12345"
address: {zh: 镇中路一号, en: 1 Middle Road}
hours: {zh: 工作日 9:00–17:00, en: "Working days 9:00–17:00"}
""",
}


@pytest.fixture
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("up")
    for folder in (made, *made.parents[:2]):  # the database's own user must get in
        folder.chmod(folder.stat().st_mode | 0o055)
    for name, text in TOWN.items():
        file = made / "pack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return made


@pytest.fixture
def port():
    """A free port below those the system hands to clients: none of theirs may take it meanwhile."""
    for number in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
    raise AssertionError("no free port")


def _up(home, port):
    env = {**os.environ, "YIWANG_HOME": str(home), "PORT": str(port), "LANG": "C.UTF-8"}
    env |= {"YIWANG_DEMO": "0", "YIWANG_PACK": str(home / "pack")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        env.pop(name, None)
    with (home / "said").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "yiwang.web", "up"], env=env, stdout=said, stderr=said
        )


def _health(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return {"ok": False}


def _until(true, city, home):
    deadline = time.monotonic() + WAIT
    while not true():
        assert city.poll() is None, (home / "said").read_text()
        assert time.monotonic() < deadline, (home / "said").read_text()
        time.sleep(0.1)


def _children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _called(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def _running_in(home):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(home) in (folder / "environ").read_text(errors="replace"):
                found.append(int(folder.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_city_survives_the_death_of_each_part_and_of_its_supervisor(home, port):
    city = _up(home, port)
    _until(lambda: _health(port)["ok"], city, home)
    before = {_called(pid): pid for pid in _children(city.pid)}
    assert len(before) == 4  # postgres, web, worker, sequencer

    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    _until(lambda: len(_children(city.pid)) == 4 and _health(port)["ok"], city, home)
    assert not set(before.values()) & set(_children(city.pid))

    (web,) = [pid for pid in _children(city.pid) if "granian" in _called(pid)]
    city.kill()
    os.kill(web, signal.SIGKILL)  # its own processes lose both that could stop them
    city.wait()

    again = _up(home, port)
    _until(lambda: _health(port)["ok"], again, home)
    again.send_signal(signal.SIGINT)
    assert again.wait(15) == 0
    assert _running_in(home) == []
    assert "Making a database" not in (home / "said").read_text().split("Ready.")[1]


def test_the_demo_is_only_where_it_was_asked_for_or_nothing_was_given(monkeypatch, tmp_path):
    told = {}
    for database in ("", "postgresql://127.0.0.1/x"):
        for demo in ("", "0", "1"):
            monkeypatch.setenv("DATABASE_URL", database)
            monkeypatch.setenv("YIWANG_DEMO", demo)
            told[bool(database), demo] = City(tmp_path, "127.0.0.1", 8000).demo

    assert told == {
        (False, ""): True,
        (False, "0"): False,
        (False, "1"): True,
        (True, ""): False,
        (True, "0"): False,
        (True, "1"): True,
    }
