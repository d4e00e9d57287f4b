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
        """Open this room's pages; let its rows be compared with what acts tell of them."""
        from yiwang.ledger.audit import ROWS  # noqa: PLC0415
        from yiwang.licences.queries import digests  # noqa: PLC0415

        doors.open_doors()
        ROWS.add("licences_licence", digests)
