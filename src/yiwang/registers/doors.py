"""Where this room's pages stand among the others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yiwang.ui import places


def open_doors() -> None:
    """Tell the layouts where a person sees who read their data, and where the catalogue is."""
    places.place(
        "public.registers", "registers:registers", title=_("Registers"), icon="database", order=120
    )
    places.place(
        "link.my_data", "registers:my_data", title=_("Who read my data"), icon="shield-check"
    )
