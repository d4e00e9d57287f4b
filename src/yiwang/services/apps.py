"""Services as a Django app."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Items, bundles, asking, deciding."""

    name = "yiwang.services"
    label = "services"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from yiwang.services import joining  # noqa: PLC0415 - models must be loaded first

        joining.join()
