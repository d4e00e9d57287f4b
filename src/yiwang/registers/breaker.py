"""Leaving a failing source alone for a while, so that nobody waits for it in vain.

After FAILURES in a row it is not asked for REST; then one ask tries it again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import F

from yiwang.kernel import moment
from yiwang.registers.models import Breaker

FAILURES = 3
REST = timedelta(seconds=30)


def shut(registers: Collection[str]) -> frozenset[str]:
    """Those of `registers` whose source is being left alone now."""
    resting = Breaker.objects.filter(register__in=registers, open_until__gt=moment.now())
    return frozenset(resting.values_list("register", flat=True))


def succeeded(register: str) -> None:
    """Its source answered: forget what failed before."""
    Breaker.objects.filter(register=register, failures__gt=0).update(failures=0, open_until=None)


def failed(register: str) -> None:
    """Its source failed once more; with the third time in a row it is left alone."""
    row, _ = Breaker.objects.get_or_create(register=register)
    Breaker.objects.filter(register=row.register).update(failures=F("failures") + 1)
    Breaker.objects.filter(register=row.register, failures__gte=FAILURES).update(
        open_until=moment.now() + REST
    )
