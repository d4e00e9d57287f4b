"""Which address leads to which room."""

from __future__ import annotations

from django.urls import include, path

from yiwang.web.api import addresses
from yiwang.web.health import health
from yiwang.web.views import my, operate, public

_ROOMS = (  # looked through in this order: what is asked most comes first
    "services",
    "search",
    "ui",
    "ledger",
    "identity",
    "files",
    "notices",
    "registers",
    "cases",
    "licences",
    "catalogue",
    "payments",
    "stewardship",
    "guides",
    "evaluation",
)

urlpatterns = [
    path("", public.home, name="home"),
    path("my/", my.my_home, name="my_home"),
    path("operate/", operate.operate, name="operate"),
    path("health", health, name="health"),
    path("api/v1/", include((addresses(), "api"))),
    *(path("", include(f"yiwang.{room}.urls")) for room in _ROOMS),
]

handler400 = "yiwang.ui.errors.bad_request"
handler403 = "yiwang.ui.errors.not_allowed"
handler404 = "yiwang.ui.errors.not_found"
handler500 = "yiwang.ui.errors.defect"
