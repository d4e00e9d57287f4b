"""Cases as a Django app."""

from django.apps import AppConfig

from yiwang.cases import declarations  # noqa: F401 - makes this room's kinds known


class CasesConfig(AppConfig):
    """Cases, facts, tasks, clocks."""

    name = "yiwang.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make this room's kinds known."""
        from yiwang.cases import declarations, permissions  # noqa: F401, PLC0415
