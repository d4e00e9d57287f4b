"""Whether this city is up, for machines that watch it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """`{"ok": bool, "database": "up"|"down"}`; 200 when all is well, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        up = True
    except DatabaseError:
        up = False
    return JsonResponse({"ok": up, "database": "up" if up else "down"}, status=200 if up else 503)
