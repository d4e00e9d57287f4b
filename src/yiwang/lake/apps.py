"""The lake as a Django app."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Datasets of what has happened."""

    name = "yiwang.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"
