"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Acts, their keys and positions."""

    name = "yiwang.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
