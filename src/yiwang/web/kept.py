"""Public pages are kept for a moment: in the hour everybody comes, most ask for the same few.

Kept is only what a view marked (`ui.audiences.kept`) answered to somebody who is not signed in, who
was given no cookie with it. The address, the live pack, the language, size and theme asked for tell
one page from another; each process keeps its own, and none for longer than `CACHES` says (seconds).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from yiwang.pack.errors import NoPack
from yiwang.pack.queries import current_hash
from yiwang.ui.audiences import is_kept
from yiwang.ui.preferences import ELDER_COOKIE, THEME_COOKIE

LONGEST = 300  # an address: a longer one is nobody's first thought
OURS = (settings.LANGUAGE_COOKIE_NAME, ELDER_COOKIE, THEME_COOKIE)
ASKED = ("Accept-Language", "Accept-Encoding", "X-Forwarded-Proto", "HX-Request")


class KeptPages:
    """Answer from what is kept; keep what may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, new or a few seconds old."""
        name = _name(request) if settings.PAGES_KEPT else None
        pages = caches["pages"]
        found = pages.get(name) if name else None
        if found is not None:
            body, headers = found
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        if (
            name
            and is_kept(request.resolver_match)
            and response.status_code == 200
            and not response.cookies
        ):
            pages.set(name, (response.content, dict(response.headers)))
        return response


def _name(request: HttpRequest) -> str | None:
    """What tells this page from others; None where it may be somebody's own."""
    strange = request.COOKIES.keys() - {*OURS, settings.CSRF_COOKIE_NAME}
    address = request.get_full_path()
    if request.method != "GET" or strange or len(address) > LONGEST:
        return None
    try:
        pack = current_hash()
    except NoPack:
        return None
    asked = [request.headers.get(name, "") for name in ASKED]
    chosen = [request.COOKIES.get(name, "") for name in OURS]
    told = "\n".join((pack, request.get_host(), address, *asked, *chosen))
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()
