from __future__ import annotations

import os
import subprocess

import pytest

from yiwang.web.supervisor.leftovers import MARK, end_leftovers

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/1"), reason="reads /proc")


def test_only_what_bears_the_homes_mark_is_ended(tmp_path):
    ours, others = (
        subprocess.Popen(["sleep", "60"], env={**os.environ, MARK: str(home)})
        for home in (tmp_path, tmp_path / "other")
    )

    try:
        assert end_leftovers(tmp_path, seconds=0.5) == 1
        assert ours.wait(5) == -9
        assert others.poll() is None
        assert end_leftovers(tmp_path) == 0
    finally:
        others.kill()
        others.wait()
