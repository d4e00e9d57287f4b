"""Evaluation as a Django app."""

from django.apps import AppConfig

from yiwang.evaluation import declarations


class EvaluationConfig(AppConfig):
    """Measures from acts; owns the kind target."""

    name = "yiwang.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
    kinds = declarations

    def ready(self) -> None:
        """Say why the lake is asked, and open the pages."""
        from yiwang.evaluation import doors, measure  # noqa: PLC0415

        measure.declare_purpose()
        doors.open_doors()
