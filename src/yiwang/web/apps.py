"""The top room."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Puts the rooms together."""

    name = "yiwang.web"
    label = "web"
