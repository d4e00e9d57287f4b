"""Importing and checking the real catalogue of a province, as commands, their start included."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figure import say, tell
from tests.benchmarks.town import Town
from yiwang.web.environment import CHECKOUT

WHERE = Path("shared") / "data" / "service_items" / "zhongshan" / "policy.json"
CITY = CHECKOUT / "packs" / "jiangcheng"
TIMES = 3


def run(town: Town) -> None:
    """`catalogue.import` into a new folder, `catalogue.check` of it, alone and under the city."""
    export = next((one / WHERE for one in CHECKOUT.parents if (one / WHERE).exists()), None)
    if export is None:
        say(f"catalogue: skipped, the real export is not at ../{WHERE}")
        return
    with tempfile.TemporaryDirectory() as folder:
        layer = Path(folder) / "layer"
        words = ("services", "import", str(export), "--into", str(layer), "--json")
        cpu = _cpu()
        seconds, said = _least(words, before=lambda: shutil.rmtree(layer, ignore_errors=True))
        first = json.loads(said)
        tell(
            "catalogue.import", seconds, "s", items=first["items"],
            oddities=len(first["oddities"]), cpu_s=(_cpu() - cpu) / TIMES,
            beside={"limit_s": 20},
        )  # fmt: skip
        again, said = _least(words)
        told = json.loads(said)
        tell(
            "catalogue.import.again", again, "s", changed=len(told["changed"]),
            added=len(told["added"]), same=told["same"],
        )  # fmt: skip
        cpu = _cpu()
        alone, _ = _least(("pack", "check", str(layer)))
        cpu = (_cpu() - cpu) / TIMES
        seconds, _ = _least(("pack", "check", str(CITY), "--over", str(layer)))
        tell(
            "catalogue.check", alone, "s", items=first["items"], cpu_s=cpu,
            under_the_city_s=seconds,
            beside={"limit_s": 5},
        )  # fmt: skip


def _least(words: tuple[str, ...], before=lambda: None) -> tuple[float, str]:
    """The shortest of several runs of a command, and what it said."""
    taken, said = [], ""
    for _ in range(TIMES):
        before()
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "yiwang.web", *words], capture_output=True, text=True, check=True
        )
        taken.append(time.perf_counter() - began)
        said = done.stdout
    return min(taken), said


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
