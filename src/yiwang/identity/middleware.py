"""Who is at the door, and whether this page is for them. A page without a tag is for nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from yiwang.identity import held_form
from yiwang.identity.actors import actor_of
from yiwang.identity.calls import calls
from yiwang.identity.errors import TooOften
from yiwang.identity.permissions import require
from yiwang.identity.sign_in import address_of, sign_in_url
from yiwang.kernel.errors import NotAllowed, YiwangError
from yiwang.kernel.words import Text
from yiwang.ui.audiences import Audience, audience_of
from yiwang.ui.errors import told

Answer = Callable[[HttpRequest], HttpResponse]

UNTAGGED = Text(
    zh="这个页面没有说明给谁看，所以谁也不能打开。这是我们的疏漏，请告诉我们。",
    en="This page does not say whom it is for, so nobody may open it. That is our omission; "
    "please tell us.",
)
FOR_RESIDENTS = Text(
    zh="您现在用的是工作账号。办理个人事项，请退出后用个人账号登录。",
    en="You are signed in with a work account. For your own matters, sign out and sign in with "
    "your personal account.",
)
FOR_STAFF = Text(
    zh="这里是工作人员办公的地方，个人账号不能进入。",
    en="This is where staff work; it cannot be opened with a personal account.",
)
FOR_MACHINES = Text(
    zh="这个接口需要授权后才能调用。",
    en="This interface may be called only with an authorisation.",
)


class NotTooOften:
    """Let one address call the interface for machines, and send forms of open pages, so often only.

    Pages that are only read are not counted: many people share an address. Views whose callers
    prove themselves (`@machine(…, counted=False)`) are not either.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say how long to wait."""
        most = settings.CALLS_A_MINUTE
        if not most or not _is_counted(request):
            return self.get_response(request)
        minute, second = divmod(int(time.time()), 60)
        if calls(settings.CALLS_FILE).count(address_of(request), minute=minute) <= most:
            return self.get_response(request)
        answer = told(request, TooOften(60 - second))
        answer["Retry-After"] = str(60 - second)
        return answer


def _is_counted(request: HttpRequest) -> bool:
    machine = request.path_info.startswith("/api/")
    if not machine and request.method in ("GET", "HEAD"):
        return False
    try:
        audience = audience_of(resolve(request.path_info).func)
    except Resolver404:
        return machine
    if audience is None or audience.kind not in ("api", "public"):
        return machine
    return audience.counted


class SignedIn:
    """Set `request.person`, `request.staff` and `request.actor`; None where nobody signed in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks. Someone let go is nobody."""
        account = request.user if request.user.is_authenticated else None
        staff = account and account.staff
        here: Any = request
        here.person = account.person if account else None
        here.staff = staff if staff and staff.active else None
        known = here.person or here.staff
        here.actor = actor_of(account) if account and known else None
        return self.get_response(request)


class Audiences:
    """Let a view be reached only by those its tag names."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view answer; otherwise the sign-in page or a refusal."""
        audience = audience_of(view)
        try:
            if audience is None:
                return _untagged(request, view)
            return GATES[audience.kind](request, audience)
        except YiwangError as error:
            return told(request, error)


def _untagged(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Nobody passes, but for the files of our own pages while nothing is collected yet."""
    if view.__module__ == "django.contrib.staticfiles.views" and settings.DEBUG:
        return None
    raise NotAllowed(UNTAGGED)


def _public(request: HttpRequest, audience: Audience) -> None:
    return None


def _my(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    if request.person is not None:  # type: ignore[attr-defined]
        return None
    if request.staff is not None:  # type: ignore[attr-defined]
        raise NotAllowed(FOR_RESIDENTS)
    return _to_sign_in(request)


def _staff(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    staff = request.staff  # type: ignore[attr-defined]
    if staff is None and request.person is not None:  # type: ignore[attr-defined]
        raise NotAllowed(FOR_STAFF)
    if staff is None:
        return _to_sign_in(request)
    require(staff, audience.permission or "")
    return None


def _machine(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    if audience.person:
        return _machine_of_person(request)
    if audience.permission is None:
        return None
    staff = request.staff  # type: ignore[attr-defined]
    if staff is None:
        return _not_signed_in()
    require(staff, audience.permission)
    return None


def _machine_of_person(request: HttpRequest) -> HttpResponse | None:
    if request.person is not None:  # type: ignore[attr-defined]
        return None
    if request.staff is not None:  # type: ignore[attr-defined]
        raise NotAllowed(FOR_RESIDENTS)
    return _not_signed_in()


def _not_signed_in() -> HttpResponse:
    words = {"kind": "not_signed_in", "message": str(FOR_MACHINES)}
    return JsonResponse({"error": words}, status=401)


GATES: dict[str, Callable[[HttpRequest, Audience], HttpResponse | None]] = {
    "public": _public,
    "my": _my,
    "desk": _staff,
    "operate": _staff,
    "api": _machine,
}


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send them to sign in; what a form carried is held until they are back."""
    held_form.hold(request)
    url = sign_in_url(request)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = url
        return answer
    return redirect(url)
