"""How the system runs, for those who keep it running: no citizen's data."""

from __future__ import annotations

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.identity.declarations import City
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.queries import current, live_version
from yiwang.ui.audiences import operator
from yiwang.web.health import state

STATES = {
    "todo": Text(zh="等待执行", en="Waiting"),
    "doing": Text(zh="正在执行", en="At work"),
    "failed": Text(zh="执行失败", en="Failed"),
}


@operator("operations.view")
@require_safe
def operate(request: HttpRequest) -> HttpResponse:
    """Health, the live pack, the jobs that wait, work or failed."""
    live = live_version()
    context = {
        "health": state(),
        "place": current().only(City),
        "live": live,
        "jobs": jobs(),
        "now": moment.now(),
    }
    return render(request, "web/operate.html", context)


def jobs() -> list[dict[str, object]]:
    """Jobs that are not over: per task and state how many, and the newest's number."""
    rows = (
        ProcrastinateJob.objects.filter(status__in=list(STATES))
        .values("task_name", "queue_name", "status")
        .annotate(count=Count("id"), newest=Max("id"))
        .order_by("status", "task_name")
    )
    return [row | {"state": STATES[row["status"]]} for row in rows]
