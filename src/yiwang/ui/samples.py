"""Sample content for the style guide: every component, with believable words of no real person."""

from __future__ import annotations

from typing import Any


def samples() -> dict[str, Any]:
    """What `ui/style.html` shows."""
    return {}
