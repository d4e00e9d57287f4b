"""The room as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layouts, components and what every page shares."""

    name = "yiwang.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
