"""Working the measures out anew."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.db import transaction

from yiwang.cases.calendar import work_calendar
from yiwang.evaluation.measure import measures
from yiwang.evaluation.models import Measured
from yiwang.kernel import moment
from yiwang.lake.queries import as_far_as
from yiwang.pack.queries import current

YEAR = timedelta(days=365)
KEPT = 400  # one a day for over a year; those of the same day replace each other


@transaction.atomic
def measure() -> Measured:
    """Measure the matters of the past year. It is no use of power: it leaves no act."""
    today = moment.today()
    position = as_far_as()
    found = measures(today - YEAR, today, work_calendar(current()))
    Measured.objects.filter(until=today).delete()
    done = Measured.objects.create(
        measured_at=moment.now(), since=today - YEAR, until=today, until_position=position,
        measures=[asdict(one) for one in found],
    )  # fmt: skip
    old = Measured.objects.order_by("-measured_at").values_list("pk", flat=True)[KEPT:]
    Measured.objects.filter(pk__in=list(old)).delete()
    return done
