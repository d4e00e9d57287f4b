"""A kept connection whose server hung up is noticed before a page needs it."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_is_usable_until_the_server_hangs_up():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    assert connection.is_usable()

    named = {name: connection.settings_dict[name.upper()] for name in ("host", "port", "user")}
    address = make_conninfo(
        dbname=connection.settings_dict["NAME"], **{k: v for k, v in named.items() if v}
    )
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    assert not connection.is_usable()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()
