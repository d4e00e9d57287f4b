"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds what the city offers."""

    name = "yiwang.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the kind of this room and open its place."""
        from yiwang.search import declarations  # noqa: F401, PLC0415 - after the apps are loaded
        from yiwang.ui.places import place  # noqa: PLC0415

        place("link.search", "search:search")
