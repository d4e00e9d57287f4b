"""The room as a Django application."""

from django.apps import AppConfig

from yiwang.identity import declarations

__all__ = ["IdentityConfig", "declarations"]


class IdentityConfig(AppConfig):
    """Who takes part, and what they may do."""

    name = "yiwang.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below what only this one knows."""
        from yiwang.identity import doors  # noqa: PLC0415 - models stand only from here on

        doors.open_doors()
