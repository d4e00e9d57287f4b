"""Cases as a Django app."""

from django.apps import AppConfig

from yiwang.cases import declarations  # noqa: F401 - makes this room's kinds known


class CasesConfig(AppConfig):
    """Cases, facts, tasks, clocks, and the desk."""

    name = "yiwang.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name this room's permissions, put its pages in the rail, forget what is erased."""
        from yiwang.cases import doors, permissions  # noqa: F401, PLC0415
        from yiwang.cases.actions.erase import forget  # noqa: PLC0415
        from yiwang.ledger.erasure import FORGETS  # noqa: PLC0415

        doors.open_doors()
        FORGETS.add("cases", forget)
