"""Stewardship as a Django app."""

from django.apps import AppConfig

from yiwang.stewardship import declarations, permissions


class StewardshipConfig(AppConfig):
    """Questions about data and requests for it; owns the kind terms."""

    name = "yiwang.stewardship"
    label = "stewardship"
    default_auto_field = "django.db.models.BigAutoField"
    kinds = declarations
    permissions = permissions

    def ready(self) -> None:
        """Open this room's pages; stand beside the readings of the room below."""
        from yiwang.registers.beside import BESIDE  # noqa: PLC0415
        from yiwang.registers.followers import LOOKS, MATTERS, PURPOSES  # noqa: PLC0415
        from yiwang.stewardship import doors, telling  # noqa: PLC0415

        doors.open_doors()
        BESIDE.add("stewardship", telling.beside)
        PURPOSES.add("stewardship", telling.purpose)
        MATTERS.add("stewardship", telling.matters)
        LOOKS.add("concern.opened", telling.OPENED)
