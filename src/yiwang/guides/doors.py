"""Where the pages lead to this room's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yiwang.ui.places import place


def open_doors() -> None:
    """Put browsing and the lists into the bar of public pages."""
    place("public.browse", "guides:browse", title=_("All services"), icon="list", order=100)
    place("public.powers", "guides:powers", title=_("Powers and duties"), icon="gavel", order=110)
