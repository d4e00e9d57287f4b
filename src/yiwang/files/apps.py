"""The room as a Django application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Encrypted documents."""

    name = "yiwang.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
