"""Checking a draft, signing it, sending it, and what is said right after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.notices.queries import demo_code
from yiwang.services.actions.send import SIGN, ask_signature, needs_signature, send_own
from yiwang.services.matter import Matter
from yiwang.services.pages.agreeing import objections
from yiwang.services.pages.check import summary
from yiwang.services.pages.standing import standing_of
from yiwang.services.queries import load
from yiwang.services.summary import summary_digest
from yiwang.services.views.whose import actor_of, my_root, person_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.fields import Field
from yiwang.ui.formats import masked_phone

LONGEST_KEY = 64
STOP_POLLING = 286  # what htmx takes as the end of asking every second


@signed_in
@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Everything given, to be looked at once more before it is sent."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        return redirect("services:matter", number)
    return _check(request, root, load(root))


def _check(
    request: HttpRequest,
    root: Case,
    matter: Matter,
    wrong: Text | None = None,
    refused: Text | None = None,
) -> HttpResponse:
    code = _code_field(request, root, matter, wrong)
    context = {
        "root": root,
        "plan": matter.plan,
        "summary": summary(matter, root.number),
        "code": code,
        "wrong": [code] if code else [],
        "refused": refused,
        "objections": objections(root, matter),
        "sent_to": masked_phone(getattr(request.user, "phone", ""))
        if "code" in request.GET
        else "",
        "demo_code": demo_code(person_of(request).id, SIGN, summary_digest(matter))
        if code
        else None,
        "key": request.POST.get("key") or new_id().hex,
    }
    return render(request, "services/check.html", context, status=_status(wrong, refused))


def _status(wrong: Text | None, refused: Text | None) -> int:
    return 422 if wrong else 409 if refused else 200


def _code_field(
    request: HttpRequest, root: Case, matter: Matter, wrong: Text | None
) -> Field | None:
    """The field for the signature's code; None where no item wants a signature."""
    if not needs_signature(matter):
        return None
    return Field(
        "code",
        Text(zh="6 位验证码", en="Six-digit code"),
        "signature_code",
        help=Text(
            zh="点“获取验证码”，短信会发到您登记的手机。填验证码就是您的签名，只对这一次提交有效。",
            en="Press “Send me a code”: it comes to your phone. Giving the code is your "
            "signature, for this sending only.",
        ),
        error=wrong or "",
        send_url=reverse("services:code", args=[root.number]),
    )


@signed_in
@require_POST
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Send a fresh code for exactly what stands in the summary now."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        raise OutOfOrder(root)
    ask_signature(root, person_of(request).id)
    answer = redirect("services:check", number)
    answer["Location"] += "?code=sent#f-code-field"
    return answer


@signed_in
@require_POST
def send(request: HttpRequest, number: str) -> HttpResponse:
    """Send it. Pressed twice, the second press comes to the same receipt."""
    key = request.POST.get("key", "")[:LONGEST_KEY] or new_id().hex
    me, code = person_of(request).id, request.POST.get("code", "")
    try:
        send_own(number, me, key=key, code=code, by=actor_of(request))
    except OutOfOrder:
        if my_root(request, number).state == State.WITHDRAWN:
            raise
    except BadInput as error:
        root = my_root(request, number)
        return _check(request, root, load(root), error.text)
    except Refusal as refusal:
        root = my_root(request, number)
        return _check(request, root, load(root), refused=refusal.text)
    return redirect("services:sent", number)


@signed_in
@require_safe
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """The number, what happens next, by when, in which office."""
    root = my_root(request, number)
    if root.state == State.DRAFT:  # not sent yet, or somebody did not agree to it
        return redirect("services:check", number)
    context = {"root": root, "standing": standing_of(root, load(root))}
    return render(request, "services/sent.html", context)


@signed_in
@require_safe
def parts(request: HttpRequest, number: str) -> HttpResponse:
    """The items as they stand, asked every second right after sending: what a rule grants is
    there within one. 204 where nothing changed; polling ends when nothing can come at once."""
    root = my_root(request, number)
    if root.state == State.DRAFT:
        gone = HttpResponse(status=204)
        gone["HX-Redirect"] = reverse("services:check", args=[number])
        return gone
    standing = standing_of(root, load(root))
    if standing.mark == request.GET.get("mark"):
        return HttpResponse(status=204 if standing.fresh else STOP_POLLING)
    context = {"root": root, "standing": standing}
    return render(request, "services/_parts.html", context)
