"""The catalogue as a Django app."""

from django.apps import AppConfig

from yiwang.catalogue import declarations, published
from yiwang.catalogue.guide import GUIDES

__all__ = ["CatalogueConfig", "declarations"]


class CatalogueConfig(AppConfig):
    """Published items, their guides, their quality."""

    name = "yiwang.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the catalogue of its own guides, and open its page."""
        from yiwang.catalogue import doors  # noqa: PLC0415 - models stand only from here on

        GUIDES.add("catalogue-item", published.guides)
        doors.open_doors()
