"""From a libpq address to Django's entry for a database."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yiwang.web.environment import BadSetting

_NAMES = {
    "host": "HOST",
    "port": "PORT",
    "user": "USER",
    "password": "PASSWORD",
    "dbname": "NAME",
}
# A prepared statement is planned once, not for the values of each time: the look at a matter
# costs five times as much to plan as to do.
_PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan -c jit=off"


def entry(url: str) -> dict[str, object]:
    """Django's entry for `postgresql://…` (or `key=value …`); connections stay open.

    What else the address says (`sslmode`, …) is handed to libpq. `BadSetting` if unreadable.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise BadSetting(
            "DATABASE_URL cannot be read. Write postgresql://user:password@host:5432/name"
        ) from None
    own = f"{_PLANNED_ONCE} {parts.pop('options', '')}".strip()  # what the address says wins
    named = {django: str(parts.pop(libpq, "")) for libpq, django in _NAMES.items()}
    return {
        "ENGINE": "yiwang.web.postgresql",
        **named,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Statements written by hand (ledger/statement.py) stay prepared; models' are never.
        "OPTIONS": {"connect_timeout": 5, "prepare_threshold": 5, "options": own, **parts},
    }
