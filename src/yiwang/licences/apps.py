"""The licences as a Django app."""

from django.apps import AppConfig

from yiwang.licences import declarations, doors


class LicencesConfig(AppConfig):
    """Licences issued; owns the kind licence-kind."""

    name = "yiwang.licences"
    label = "licences"
    default_auto_field = "django.db.models.BigAutoField"
    kinds = declarations

    def ready(self) -> None:
        """Open this room's pages."""
        doors.open_doors()
