"""What every answer carries: security headers, and the person's language, size and theme."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import get_language

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import speak
from yiwang.ui.audiences import audience_of
from yiwang.ui.errors import bad_request, told
from yiwang.ui.preferences import preferred_theme, prefers_elder

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


TEXT = {
    "text/html", "text/csv", "text/plain", "text/calendar", "application/json",
    "application/manifest+json", "application/xml",
}  # fmt: skip


class Timed:
    """Tell how long an answer took in this process, waiting for its other threads included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; milliseconds in `Server-Timing`."""
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - began):.2f}"
        return response


class SecurityHeaders:
    """Put the security headers on every answer; a view that set its own keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with headers; what is not public is not kept by shared caches."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_personal(request):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class Compressed(GZipMiddleware):
    """Send text smaller over the line. Files people gave and archives are small as they are; form
    tokens are masked anew on every page, so that the length of a page tells nothing of them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """The answer, packed where that makes it smaller."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return super().process_response(request, response) if kind in TEXT else response


class Preferences:
    """Read elder mode and theme from cookies; let declared text speak the page's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.elder` (bool) and `request.theme` (`auto`, `light` or `dark`)."""
        request.elder = prefers_elder(request)  # type: ignore[attr-defined]
        request.theme = preferred_theme(request)  # type: ignore[attr-defined]
        speak(get_language() or "zh-hans")
        return self.get_response(request)


class NoNulls:
    """Refuse a request that carries a null character: no text of ours holds one, no table can."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """None lets the view answer; a page that says it could not be read otherwise."""
        sent = (request.path, *_texts(request.GET), *_texts(request.POST))
        return bad_request(request) if any("\0" in text for text in sent) else None


def _texts(form: QueryDict) -> Iterator[str]:
    for name, values in form.lists():
        yield name
        yield from map(str, values)


class ToldErrors:
    """Show a refusal or a wrong input that no view caught as a page, in the person's words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page (or JSON under `/api/`) for errors of ours; None leaves others to Django."""
        return told(request, error) if isinstance(error, YiwangError) else None


def _is_personal(request: HttpRequest) -> bool:
    match = getattr(request, "resolver_match", None)
    audience = audience_of(match.func) if match else None
    return audience is not None and audience.kind != "public"
