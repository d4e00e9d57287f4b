"""Payments as a Django app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Bills, orders at a gateway, receipts, refunds."""

    name = "yiwang.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
