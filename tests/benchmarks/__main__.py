"""`python -m tests.benchmarks [NAME]`: measure, one JSON line for each figure."""

from __future__ import annotations

import importlib
import signal
import sys

from tests.benchmarks.figure import say, tell_machine
from tests.benchmarks.town import town

NAMES = ("submit", "ask", "decide", "seal", "gate", "bulk", "pages", "catalogue", "found")


def main(words: list[str]) -> int:
    """Run the benchmarks named, or all."""
    if unknown := [word for word in words if word not in NAMES]:
        say(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(NAMES)}")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left running
    tell_machine()
    with town() as here:
        for name in words or NAMES:
            importlib.import_module(f"tests.benchmarks.{name}").run(here)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
