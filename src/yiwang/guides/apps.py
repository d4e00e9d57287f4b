"""The guides as a Django app."""

from django.apps import AppConfig

from yiwang.guides import doors


class GuidesConfig(AppConfig):
    """Guides, browsing, lists of powers and duties, obstacles in the law."""

    name = "yiwang.guides"
    label = "guides"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open this room's pages."""
        doors.open_doors()
