"""`yiwang ledger erase`: two people at the machine, or one there and one at the desk."""

from __future__ import annotations

import getpass

import pytest

from yiwang.kernel.words import speaking
from yiwang.ledger.models import Act
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.tests.conftest import city  # noqa: F401 - the fixture
from yiwang.services.tests.family import settle
from yiwang.services.tests.office import sent
from yiwang.web.cli import main

LAW = "《个人信息保护法》第四十七条"


@pytest.fixture(autouse=True)
def language_restored():
    with speaking("zh"):
        yield


@pytest.fixture
def number(city, settings, tmp_path):  # noqa: F811
    settings.LEDGER_ROOT = tmp_path / "ledger"
    root = sent(settle(city))
    decide_instantly(root.id)
    return root.number


def erase(*words: str) -> int:
    return main(["ledger", "erase", *words, "--lang", "zh"])


def test_who_asked_does_not_confirm_and_a_second_user_does(number, monkeypatch, capsys):
    assert erase(number, "--confirm") == 1
    assert "没有人申请过" in capsys.readouterr().out
    assert erase(number, "--because", "当事人要求") == 1
    assert "依据" in capsys.readouterr().out

    assert erase(number, "--basis", LAW, "--because", "当事人要求") == 0
    assert erase(number, "--confirm") == 1
    assert "另一位同事" in capsys.readouterr().out
    assert erase() == 0
    assert number in capsys.readouterr().out
    monkeypatch.setattr(getpass, "getuser", lambda: "second")
    assert erase(number, "--confirm") == 0

    assert f"{number} 的内容已删除" in capsys.readouterr().out
    assert Act.objects.get(what="case.erased").by_id == "second"
    assert erase() == 0
    assert capsys.readouterr().out == ""
