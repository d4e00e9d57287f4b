"""What this room fills in below: its kinds, its procedures, its followers."""

from __future__ import annotations

from yiwang.cases.procedures import PROCEDURES
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.registers.followers import ANSWERED, PURPOSES
from yiwang.services import checks
from yiwang.services.declarations import Bundle, Service
from yiwang.services.follow import take_up
from yiwang.services.procedure import BundleProcedure, ServiceProcedure


def join() -> None:
    """Called once, when the apps are ready."""
    checks.declare_kinds()
    PROCEDURES.add("service", _SERVICE)
    PROCEDURES.add("bundle", _BUNDLE)
    ANSWERED.add("services", take_up)
    PURPOSES.add("services", purpose)


def purpose(recorded: str) -> Text | None:
    """`bundle:newborn` in words."""
    kind, _, what = recorded.partition(":")
    model = {"bundle": Bundle, "service": Service}.get(kind)
    found = current().all(model).get(what) if model else None
    return found.title if found else None


_SERVICE, _BUNDLE = ServiceProcedure(), BundleProcedure()
