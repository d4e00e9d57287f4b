"""A window that reads one resident, through the gate and without it: two views beside the city's
own pages, behind the same middleware, sign-in and permission. Served by `gate`."""

from __future__ import annotations

import os
from hashlib import blake2b
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "yiwang.web.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from yiwang.identity.actors import staff_actor
from yiwang.pack.queries import current
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask, read
from yiwang.registers.lookup import find
from yiwang.ui.audiences import machine

COLUMNS = ("name", "birth_date", "hukou_division")


def _by(request: HttpRequest) -> tuple[Register, list[dict[str, str]]]:
    numbers = request.GET["of"].split(",")
    return current().get(Register, "population"), [{"id_number": one} for one in numbers]


def _case_of(number: str) -> UUID:
    """The case somebody is read for: the same each time, so that it has its key."""
    return UUID(bytes=blake2b(number.encode(), digest_size=16).digest())


@machine("registers.read")
def gated(request: HttpRequest) -> JsonResponse:
    """Permission, purpose, basis, record and answer."""
    population, keys = _by(request)
    staff, case = request.staff, _case_of(keys[0]["id_number"])
    asks = [Ask(population, key, COLUMNS, (staff.department,)) for key in keys]
    answers = read(asks, purpose="bench", case=case, root=case, by=staff_actor(staff))
    return JsonResponse({"rows": [one.rows for one in answers]})


@machine("registers.read")
def bare(request: HttpRequest) -> JsonResponse:
    """The same rows, without the gate."""
    population, keys = _by(request)
    rows = [[row.values for row in found] for found in find([(population, key) for key in keys])]
    return JsonResponse({"rows": [[{c: one.get(c) for c in COLUMNS} for one in r] for r in rows]})


urlpatterns = [
    path("api/bench/gated", gated),
    path("api/bench/bare", bare),
    path("", include("yiwang.web.urls")),
]
settings.ROOT_URLCONF = __name__
