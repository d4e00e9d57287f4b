"""The top room."""

from __future__ import annotations

from django.apps import AppConfig

from yiwang.web import doors


class WebConfig(AppConfig):
    """Puts the rooms together."""

    name = "yiwang.web"
    label = "web"

    def ready(self) -> None:
        """Open the home pages."""
        doors.open_doors()
