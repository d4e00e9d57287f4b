"""Where a page can lead: tabs, rails and links, filled by the rooms that own the pages.

A place is named `bar.name`. Bars: `public` (top of public pages), `my` (five tabs of the
signed-in person), `desk` and `operate` (rails of staff), `link` (single links the layouts use).
A place nobody opened, or whose address does not stand, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yiwang.kernel.words import Text

Title = str | Promise | Text
Test = Callable[[HttpRequest], bool]
Count = Callable[[HttpRequest], int]

KNOWN: dict[str, tuple[Title, str]] = {
    "my.home": (_("Home"), "home"),
    "my.matters": (_("My matters"), "list-check"),
    "my.wallet": (_("Wallet"), "wallet"),
    "my.messages": (_("Messages"), "message"),
    "my.me": (_("Me"), "user"),
    "link.home": (_("Home"), "home"),
    "link.sign_in": (_("Sign in"), "login-2"),
    "link.sign_out": (_("Sign out"), "logout"),
    "link.switch": (_("Switch account"), "switch-horizontal"),
    "link.help": (_("Help"), "help-circle"),
    "link.privacy": (_("Privacy"), "shield-lock"),
    "link.accessibility": (_("Accessibility"), "accessible"),
    "link.search": (_("Search"), "search"),
}


@dataclass(frozen=True)
class Place:
    """A page of a room: its words, icon and URL name; for whom it is shown; its number badge;
    other pages (by URL name) it is the way to."""

    name: str
    url_name: str
    title: Title
    icon: str
    order: int
    shown: Test | None = None
    badge: Count | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A place as this request sees it."""

    name: str
    title: str
    icon: str
    href: str
    current: bool
    badge: int


_places: dict[str, Place] = {}
_who: list[Callable[[HttpRequest], str]] = []


def place(
    name: str,
    url_name: str,
    *,
    title: Title | None = None,
    icon: str | None = None,
    order: int = 0,
    shown: Test | None = None,
    badge: Count | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """Open the place `bar.name` at `url_name`; a name in KNOWN brings its title and icon.

    `order` 0 keeps the order of KNOWN (or of opening). Raises KeyError for an unknown name
    without a title.
    """
    known_title, known_icon = KNOWN[name] if title is None else (title, icon or "")
    _places[name] = Place(
        name=name,
        url_name=url_name,
        title=known_title,
        icon=icon or known_icon,
        order=order or _order_of(name),
        shown=shown,
        badge=badge,
        also=also,
    )


def greet(who: Callable[[HttpRequest], str]) -> None:
    """Let `who` say the name shown for the signed-in visitor."""
    _who[:] = [who]


def name_of(request: HttpRequest) -> str:
    """The name shown for the signed-in visitor, empty where nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return _who[0](request) if _who else str(user)


def bar(name: str, request: HttpRequest) -> list[Standing]:
    """The places of one bar that stand for this request, in order. At most one is current: its
    address (or one of `also`) is the longest beginning of this page's."""
    mine = sorted(
        (one for one in _places.values() if one.name.startswith(f"{name}.")),
        key=lambda one: one.order,
    )
    there = [(one, href) for one in mine if (href := _href(one, request))]
    found = [
        (root, one.name)
        for one, href in there
        for root in (href, *map(_address, one.also))
        if request.path.startswith(root)
    ]
    here = max(found, default=("", ""), key=lambda pair: len(pair[0]))[1]
    return [
        Standing(
            name=one.name,
            title=str(one.title),
            icon=one.icon,
            href=href,
            current=one.name == here,
            badge=one.badge(request) if one.badge else 0,
        )
        for one, href in there
    ]


def links(request: HttpRequest) -> dict[str, Standing]:
    """The single links, by their name without `link.`."""
    return {one.name.partition(".")[2]: one for one in bar("link", request)}


def _order_of(name: str) -> int:
    known = list(KNOWN)
    return known.index(name) if name in known else len(known) + len(_places)


def _href(one: Place, request: HttpRequest) -> str:
    if one.shown and not one.shown(request):
        return ""
    try:
        return _address(one.url_name)
    except NoReverseMatch:
        return ""


def _address(url_name: str) -> str:
    return _worked_out(url_name, settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=256)
def _worked_out(url_name: str, _urls: str, _prefix: str) -> str:
    """Every page asks for the same dozen."""
    return reverse(url_name)
