"""The room of declarations."""

from __future__ import annotations

from django.apps import AppConfig


class PackConfig(AppConfig):
    """Stores what a city declared."""

    name = "yiwang.pack"
    label = "pack"
    default_auto_field = "django.db.models.BigAutoField"
