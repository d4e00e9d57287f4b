"""Sessions in the database, each page's read by one statement that stays prepared."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from yiwang.kernel import moment
from yiwang.ledger.statement import fetch

STANDING = """
    -- A session that has not run out.
    SELECT * FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s
"""


class SessionStore(db.SessionStore):
    """Django's own, which it extends by nothing but the way it reads."""

    def _get_session_from_db(self) -> Any:
        key = self.session_key or ""
        if "\0" in key:  # a cookie may hold anything, a table no null character
            self._session_key = None
            return None
        found = fetch(STANDING, {"key": key, "now": moment.real_now()}, Session)
        if found is None:
            self._session_key = None
            return None
        return found[0]
