"""One process that is kept running: started again when it dies, a little later each time."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from yiwang.web.supervisor.spawn import kill_group

FIRST_PAUSE = 0.2  # seconds before the first new start
LONGEST_PAUSE = 30.0
STEADY = 30.0  # a child that ran this long begins with the first pause again


@dataclass
class Child:
    """A named process, how to launch it, how to ask it to stop."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    say: Callable[[str], None] = print
    process: subprocess.Popen[bytes] | None = None
    _pause: float = FIRST_PAUSE
    _since: float = 0.0
    _again_at: float = field(default=0.0)

    def start(self) -> None:
        """Launch it now."""
        self._since = time.monotonic()
        self.process = self.launch()

    def tend(self) -> None:
        """Start it again if it died and its pause is over; to be called every moment."""
        now = time.monotonic()
        if self.process is None:
            if now >= self._again_at:
                self.start()
        elif self.process.poll() is not None:
            self._mourn(now, self.process)

    def _mourn(self, now: float, process: subprocess.Popen[bytes]) -> None:
        kill_group(process)  # what it left behind must not hold its port or its work
        if now - self._since > STEADY:
            self._pause = FIRST_PAUSE
        how = _how(process.returncode)
        self.say(f"{self.name} ended ({how}); starting it again in {self._pause:g} s")
        self.process = None
        self._again_at = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        """Send the signal; `ended` waits for it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def ended(self, seconds: float) -> bool:
        """Wait at most `seconds`, then end it by force; whether it ended by itself."""
        if self.process is None:
            return True
        try:
            self.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False
        finally:
            kill_group(self.process)
            self.process.wait()
            self.process = None


def _how(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
