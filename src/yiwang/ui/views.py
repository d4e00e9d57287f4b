"""Switches of language, size and theme, the manifest, and the style guide."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from yiwang.ui.audiences import public
from yiwang.ui.city import city
from yiwang.ui.errors import csrf_failed
from yiwang.ui.preferences import ELDER_COOKIE, THEME_COOKIE, THEMES
from yiwang.ui.samples import samples

YEAR = 365 * 24 * 3600


def switch(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A POST from a page of ours, told by its origin and not by a token: pages for everybody carry
    nothing of anybody's, so that they can be kept."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        ours = f"{request.scheme}://{request.get_host()}"
        if request.headers.get("Origin") not in (ours, *settings.CSRF_TRUSTED_ORIGINS):
            return csrf_failed(request)
        return view(request)

    return checked


@public
@switch
def language(request: HttpRequest) -> HttpResponse:
    """Speak `language` (`zh-hans` or `en`) from here on, and go back to `next`."""
    wanted = request.POST.get("language", "")
    response = _back(request)
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, wanted)
    return response


@public
@switch
def elder(request: HttpRequest) -> HttpResponse:
    """Turn elder mode on (`on=1`) or off, and go back to `next`."""
    response = _back(request)
    _remember(response, ELDER_COOKIE, "1" if request.POST.get("on") == "1" else "0")
    return response


@public
@switch
def theme(request: HttpRequest) -> HttpResponse:
    """Show pages in `theme` (`auto`, `light` or `dark`), and go back to `next`."""
    wanted = request.POST.get("theme", "auto")
    response = _back(request)
    _remember(response, THEME_COOKIE, wanted if wanted in THEMES else "auto")
    return response


@public
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: lets a phone keep the city on its home screen."""
    here = city()
    body = {
        "name": str(here.title),
        "short_name": str(here.name),
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f5f6f3",
        "theme_color": "#0b4f5e",
        "icons": [{"src": static("ui/seal.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@public
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component with sample content, where the city is a demo or under development."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, "ui/style.html", samples())


def _back(request: HttpRequest) -> HttpResponse:
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(there if safe else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
