"""The top room."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Puts the rooms together."""

    name = "yiwang.web"
    label = "web"

    def ready(self) -> None:
        """Open the home pages."""
        from yiwang.web import doors  # noqa: PLC0415 - models stand only from here on

        doors.open_doors()
