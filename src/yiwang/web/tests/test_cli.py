from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from yiwang.kernel.words import Text
from yiwang.web.cli import main, parser
from yiwang.web.supervisor import home, preflight
from yiwang.web.supervisor.home import held, writable
from yiwang.web.supervisor.trouble import CannotStart

WORDS = ("up", "web", "worker", "sequencer", "migrate", "prepare", "health")


def _yiwang(*words, **env):
    return subprocess.run(
        [sys.executable, "-m", "yiwang.web", *words],
        env={**os.environ, "LANG": "C.UTF-8", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("word", WORDS)
def test_each_command_tells_what_it_does(word, capsys):
    with pytest.raises(SystemExit) as ended:
        parser([word]).parse_args([word, "--help"])

    assert ended.value.code == 0
    assert f"yiwang {word}" in capsys.readouterr().out


def test_a_command_nobody_knows_is_answered_with_those_that_are(capsys):
    with pytest.raises(SystemExit) as ended:
        parser(["fly"]).parse_args(["fly"])

    assert ended.value.code == 2
    assert "sequencer" in capsys.readouterr().err


def test_a_dead_database_is_one_sentence_without_the_password(tmp_path):
    url = "postgresql://amy:geheim@127.0.0.1:9/city"

    for word in ("up", "migrate"):
        answer = _yiwang(word, DATABASE_URL=url, YIWANG_HOME=str(tmp_path), PORT="18231")

        assert answer.returncode == 2
        assert len(answer.stderr.strip().splitlines()) == 1
        assert "DATABASE_URL" in answer.stderr
        assert "geheim" not in answer.stderr


def test_a_port_in_use_says_which_and_what_to_do(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CannotStart) as told:
            preflight.port_is_free("127.0.0.1", port)

    assert f"Port {port}" in told.value.text.en
    assert "PORT=" in told.value.text.zh


def test_a_home_that_cannot_be_written_says_which_and_what_to_do(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(CannotStart) as told:
        writable(blocked / "home")

    assert str(blocked) in told.value.text.en
    assert "YIWANG_HOME=" in told.value.text.en


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(CannotStart) as told:
        writable(tmp_path)

    assert "full" in told.value.text.en


def test_a_disk_nearly_full_is_told_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(home, "ROOM_NEEDED", 10**18)

    with pytest.raises(CannotStart) as told:
        writable(tmp_path)

    assert "full" in told.value.text.en


def test_pages_not_built_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(preflight, "BUILT", tmp_path / "built")

    with pytest.raises(CannotStart) as told:
        preflight.pages_are_built()

    assert "make setup" in told.value.text.en


def test_one_home_is_held_by_one(tmp_path):
    with held(tmp_path, "up"), pytest.raises(CannotStart) as told, held(tmp_path, "up", patience=0):
        pass

    assert str(os.getpid()) in told.value.text.en
    with held(tmp_path, "up", patience=0):
        pass


def test_a_refusal_is_printed_as_its_sentence(capsys, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("PORT", "0")

    assert main(["up"]) == 2

    assert "PORT" in capsys.readouterr().err


def test_the_sentence_comes_in_the_persons_language():
    told = CannotStart("磁盘已满。", "The disk is full.")

    assert told.text == Text(zh="磁盘已满。", en="The disk is full.")
    assert str(told) == "磁盘已满。"
