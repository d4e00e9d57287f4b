"""Signing in and out, coming back to a form that was held, and the demo city's accounts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity import held_form
from yiwang.identity.demo import demo_groups
from yiwang.identity.models import Account
from yiwang.identity.queries import demo_accounts
from yiwang.identity.sign_in import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    Outcome,
    address_of,
    begin_session,
    home_of,
    safe_next,
    try_sign_in,
)
from yiwang.ui.audiences import public
from yiwang.ui.fields import Field, Problem, problems


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; signed in already, on to where they were going."""
    here = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        if request.actor is not None:  # type: ignore[attr-defined]
            return redirect(here or home_of(request.user))
        return _ask(request, _fields(), here)
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    fields = _checked(_fields(name), password)
    if problems(fields):
        return _ask(request, fields, here, status=422)
    outcome = try_sign_in(name, password, address=address_of(request))
    if outcome.account is None:
        return _ask(request, fields, here, refused=outcome)
    return _begin(request, outcome.account, here)


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest) -> HttpResponse:
    """What the person had filled in before the session ran out: one tap sends it."""
    form = None
    if request.user.is_authenticated:
        form = held_form.given_back(request, request.user)
    held_form.drop(request)
    if form is None:
        return redirect(home_of(request.user) if request.user.is_authenticated else "/")
    return render(request, "identity/resume.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here."""
    logout(request)
    answer = redirect("/")
    held_form.leave_seat(answer)
    return answer


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """The demo city's people and clerks: one tap signs in as one of them."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "identity/demo.html", {"groups": demo_groups()})
    account = demo_accounts().filter(id=_id(request.POST.get("account", ""))).first()
    if account is None:
        raise Http404
    return _begin(request, account, "")


def _begin(request: HttpRequest, account: Account, here: str) -> HttpResponse:
    begin_session(request, account)
    held = held_form.given_back(request, account)
    if held is None:
        held_form.drop(request)
    answer = redirect(reverse("identity:resume") if held else here or home_of(account))
    held_form.take_seat(answer, account)
    return answer


def _ask(
    request: HttpRequest,
    fields: list[Field],
    here: str,
    *,
    refused: Outcome | None = None,
    status: int = 200,
) -> HttpResponse:
    summary: list[Field | Problem] = list(fields)
    if refused is not None:
        summary.append(Problem(_why(refused), "" if refused.wait else "f-username"))
        status = 429 if refused.wait else 422
    context = {
        "fields": fields,
        "summary": summary,
        "next": here,
        "held": held_form.is_held(request),
        "demo": settings.DEMO,
    }
    answer = render(request, "identity/sign_in.html", context, status=status)
    if refused is not None and refused.wait:
        answer["Retry-After"] = str(refused.wait * 60)
    return answer


def _why(refused: Outcome) -> str:
    if not refused.wait:
        return gettext("The user name or the password is not right. Check both and try again.")
    return ngettext(
        "There were too many tries. Wait %(wait)d minute and try again, or call us.",
        "There were too many tries. Wait %(wait)d minutes and try again, or call us.",
        refused.wait,
    ) % {"wait": refused.wait}


def _fields(name: str = "") -> list[Field]:
    return [
        Field(
            "username",
            gettext("User name"),
            value=name[:LONGEST_NAME],
            autocomplete="username",
            longest=LONGEST_NAME,
        ),
        Field(
            "password",
            gettext("Password"),
            type="password",
            autocomplete="current-password",
            longest=LONGEST_PASSWORD,
        ),
    ]


def _checked(fields: list[Field], password: str) -> list[Field]:
    name, secret = fields
    if not str(name.value).strip():
        name = name.with_error(gettext("Enter your user name."))
    if not password:
        secret = secret.with_error(gettext("Enter your password."))
    return [name, secret]


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
