"""The room as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages out, and the inbox."""

    name = "yiwang.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the inbox its tab; let messages go with what is erased of their root case."""
        from yiwang.ledger.erasure import FORGETS  # noqa: PLC0415
        from yiwang.notices import actions, tab  # noqa: PLC0415 - models stand only from here on

        tab.open_tab()
        FORGETS.add("notices", actions.forget)
