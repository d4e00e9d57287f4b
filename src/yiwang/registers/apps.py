"""The registers as a Django app."""

from django.apps import AppConfig

from yiwang.registers import declarations, doors, permissions


class RegistersConfig(AppConfig):
    """Rows of registers and readings of them; owns the kinds section, element and register."""

    name = "yiwang.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
    kinds = declarations
    permissions = permissions

    def ready(self) -> None:
        """Open this room's pages; let its rows be compared with what acts tell of them."""
        from yiwang.ledger.audit import ROWS  # noqa: PLC0415
        from yiwang.ledger.erasure import FORGETS  # noqa: PLC0415
        from yiwang.registers.actions import erase_readings  # noqa: PLC0415
        from yiwang.registers.queries import digests  # noqa: PLC0415

        doors.open_doors()
        ROWS.add("registers_row", digests)
        FORGETS.add("registers", erase_readings)
