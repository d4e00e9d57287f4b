"""Every write of this room, one file per subject."""

from yiwang.stewardship.actions.access import decide, request, withdraw
from yiwang.stewardship.actions.concerns import answer, ask, escalate, open_concern

__all__ = ["answer", "ask", "decide", "escalate", "open_concern", "request", "withdraw"]
