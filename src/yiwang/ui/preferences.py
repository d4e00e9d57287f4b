"""How a visitor wants pages to look, kept in cookies of their own browser."""

from __future__ import annotations

from django.http import HttpRequest

ELDER_COOKIE = "elder"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


def prefers_elder(request: HttpRequest) -> bool:
    """Whether elder mode is on."""
    return request.COOKIES.get(ELDER_COOKIE) == "1"


def preferred_theme(request: HttpRequest) -> str:
    """`auto` (as the device has it), `light` or `dark`."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"
