"""The connection: the name of this file and of its class are what Django looks for."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    def is_usable(self) -> bool:
        """Whether the server is still there; asked at the start of every request.

        A server that went away has hung up, and the end of the connection waits to be read: seen
        without a round trip. Only where something waits is the server really asked.
        """
        if self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or bool(super().is_usable())
