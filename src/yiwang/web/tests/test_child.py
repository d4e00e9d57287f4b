from __future__ import annotations

import signal
import subprocess
import time

from yiwang.web.supervisor import child as child_module
from yiwang.web.supervisor.child import Child
from yiwang.web.supervisor.spawn import spawn


def _child(script="exec sleep 60", said=None):
    return Child(
        "sleeper",
        lambda: spawn(["/bin/sh", "-c", script], last=signal.SIGKILL),
        say=(said if said is not None else []).append,
    )


def _tend_until(child, true, seconds=5):
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        child.tend()
        time.sleep(0.02)
    assert true()


def test_a_killed_child_is_started_again():
    said = []
    child = _child(said=said)
    child.start()
    first = child.process

    first.kill()
    _tend_until(child, lambda: child.process not in (None, first))

    assert child.process.poll() is None
    assert said == ["sleeper ended (SIGKILL); starting it again in 0.2 s"]
    child.ask_to_stop()
    assert child.ended(2)


def test_each_new_start_waits_longer(monkeypatch):
    monkeypatch.setattr(child_module, "FIRST_PAUSE", 0.01)
    said = []
    child = Child(
        "failing", lambda: spawn(["/bin/false"], last=signal.SIGKILL), say=said.append, _pause=0.01
    )
    child.start()

    _tend_until(child, lambda: len(said) == 4)

    assert [line.split(" in ")[1] for line in said] == ["0.01 s", "0.02 s", "0.04 s", "0.08 s"]
    assert all("exit code 1" in line for line in said)
    child.ended(1)


def test_what_a_dead_child_left_behind_is_ended_too():
    child = _child("sleep 61.5 & exec sleep 62.5")
    child.start()
    time.sleep(0.2)
    group = child.process.pid

    child.process.kill()
    _tend_until(child, lambda: child.process is None)

    left = subprocess.run(["pgrep", "-g", str(group), "-r", "S,R"], check=False).returncode
    assert left == 1
    child.ended(1)


def test_a_child_that_will_not_stop_is_ended_by_force():
    child = _child("trap '' TERM; sleep 60 & wait; sleep 60")
    child.start()
    time.sleep(0.2)

    child.ask_to_stop()

    assert not child.ended(0.3)
    assert child.process is None
