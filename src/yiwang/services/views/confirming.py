"""A party agrees to their part by their own sign-in and a fresh code, or does not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.cases.actions import decline as decline_part
from yiwang.cases.matters import root_numbered
from yiwang.cases.models import Case
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.notices.queries import demo_code
from yiwang.services.actions.agree import CONFIRM, agree, ask_code
from yiwang.services.agreeing import asked_digest
from yiwang.services.pages.agreeing import confirming
from yiwang.services.queries import load
from yiwang.services.views.whose import actor_of, person_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.fields import Field, Words
from yiwang.ui.formats import masked_phone

WHY = Text(zh="请写一句为什么不同意，申请人才知道要改什么。",
           en="Say in a sentence why not, so that the applicant knows what to change.")  # fmt: skip
LONGEST_WORDS = 500


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Who asks what of me, and whether I agree. Nobody else's number is confirmed here."""
    root, me = root_numbered(number), person_of(request)
    asked = confirming(root, me, load(root))
    choice = request.POST.get("choice", "")
    try:
        if choice == "agree":
            code = request.POST.get("code", "")
            agree(root.id, person=me.id, code=code, by=actor_of(request))
        elif choice == "decline":
            words = _words(request)
            decline_part(root.id, person=me.id, words=words, by=actor_of(request))
        else:
            return _page(request, root, asked)
    except BadInput as error:
        return _page(request, root, asked, wrong=error)
    context = {"number": number, "asked": asked, "agreed": choice == "agree"}
    return render(request, "services/confirmed.html", context)


@signed_in
@require_POST
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Send me a fresh code for exactly what I am asked to agree to now."""
    ask_code(root_numbered(number), person_of(request).id)
    answer = redirect("services:confirm", number)
    answer["Location"] += "?code=sent#f-code-field"
    return answer


def _words(request: HttpRequest) -> str:
    field = _words_field(request, {}).typed(request.POST)
    if field.error or not field.value:
        raise BadInput("words", field.error or WHY)
    return str(field.value)


def _page(
    request: HttpRequest, root: Case, asked: object, *, wrong: BadInput | None = None
) -> HttpResponse:
    me = person_of(request)
    errors: dict[str, Words] = {wrong.field: wrong.text} if wrong else {}
    fields = [_code_field(root.number, errors), _words_field(request, errors)]
    sent = "code" in request.GET
    context = {
        "number": root.number, "asked": asked, "code": fields[0], "words": fields[1],
        "wrong": [one for one in fields if one.error], "declining": "words" in errors,
        "sent_to": masked_phone(getattr(request.user, "phone", "")) if sent else "",
        "demo_code": demo_code(me.id, CONFIRM, asked_digest(root, me.id)) if sent else None,
    }  # fmt: skip
    return render(request, "services/confirm.html", context, status=422 if wrong else 200)


def _code_field(number: str, errors: dict[str, Words]) -> Field:
    return Field(
        "code",
        Text(zh="6 位验证码", en="Six-digit code"),
        "signature_code",
        help=Text(
            zh="点“获取验证码”，短信会发到您登记的手机。填验证码就是您的签名，只对上面这份内容有效。",
            en="Press “Send me a code”: it comes to your phone. Giving the code is your "
            "signature, for the text above only.",
        ),
        error=errors.get("code", ""),
        send_url=reverse("services:confirm_code", args=[number]),
    )


def _words_field(request: HttpRequest, errors: dict[str, Words]) -> Field:
    return Field(
        "words", Text(zh="为什么不同意", en="Why not"), "long_text",
        value=request.POST.get("words", ""), longest=LONGEST_WORDS, error=errors.get("words", ""),
    )  # fmt: skip
