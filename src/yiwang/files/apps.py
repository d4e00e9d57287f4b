"""The room as a Django application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Encrypted documents."""

    name = "yiwang.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let documents go with what is erased of their root case."""
        from yiwang.files.actions import erase_of  # noqa: PLC0415
        from yiwang.ledger.erasure import FORGETS  # noqa: PLC0415

        FORGETS.add("files", erase_of)
