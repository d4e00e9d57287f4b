"""One figure as one JSON line on standard output; what is going on, on standard error."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from typing import Any

BEGAN = time.monotonic()


def tell(name: str, value: float, unit: str, **more: Any) -> None:
    """Print one figure, and the load of the machine at that moment."""
    line = {"figure": name, "value": rounded(value), "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    say(f"{name} done; load of the machine {os.getloadavg()[0]:.1f}")


def say(words: str) -> None:
    """Progress, with the seconds since the start."""
    print(f"[{time.monotonic() - BEGAN:6.1f} s] {words}", file=sys.stderr, flush=True)


def tell_machine() -> None:
    """What this ran on."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    say(
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{cores} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}"
    )


def latencies(seconds: Sequence[float]) -> dict[str, float]:
    """The 50th, 95th and 99th percentile in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{part}_ms": rounded(1000 * ordered[min(len(ordered) - 1, len(ordered) * part // 100)])
        for part in (50, 95, 99)
    }


def rounded(value: float) -> float:
    """Three significant digits are all that a figure is good for; whole numbers stay."""
    return round(value) if value >= 1000 else float(f"{value:.3g}")
