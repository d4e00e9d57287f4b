"""The lists as files, for whoever compares or checks them by machine."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from yiwang.guides.pages.obstacles import Barrier
from yiwang.guides.pages.powers import FIELDS, rows
from yiwang.guides.views.public import standing
from yiwang.pack.queries import current
from yiwang.ui.audiences import public

OBSTACLE_FIELDS = (
    "id", "title", "law", "says", "demands", "step", "level", "changed_by", "since", "proposal",
    "state", "items", "people",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


@public
@require_safe
def powers_csv(request: HttpRequest) -> HttpResponse:
    """Powers, services and duties as CSV."""
    return _csv("powers.csv", FIELDS, rows(current()))


@public
@require_safe
def powers_json(request: HttpRequest) -> HttpResponse:
    """Powers, services and duties as JSON."""
    return _json(rows(current()))


@public
@require_safe
def obstacles_csv(request: HttpRequest) -> HttpResponse:
    """Obstacles as CSV."""
    return _csv("obstacles.csv", OBSTACLE_FIELDS, map(_row, standing()))


@public
@require_safe
def obstacles_json(request: HttpRequest) -> HttpResponse:
    """Obstacles as JSON."""
    return _json(map(_row, standing()))


def _row(one: Barrier) -> dict[str, Any]:
    told = {name: str(getattr(one.clause, name, "")) for name in OBSTACLE_FIELDS}
    items = "; ".join(str(item.title) for item in one.items)
    return told | {"items": items, "people": "" if one.people is None else one.people}


def _csv(name: str, fields: Sequence[str], lines: Iterable[dict[str, Any]]) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.DictWriter(answer, fields)
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in line.items()} for line in lines)
    return answer


def _plain(value: Any) -> Any:
    """A cell no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _json(lines: Iterable[dict[str, Any]]) -> HttpResponse:
    return JsonResponse(list(lines), safe=False, json_dumps_params={"ensure_ascii": False})
