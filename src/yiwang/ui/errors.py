"""Pages for what went wrong: what happened, what it means, what to do next."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yiwang.kernel.errors import BadInput, BadInputs, Defect, Refusal, YiwangError
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ui.city import UNNAMED, city

log = logging.getLogger(__name__)
UNREADABLE = Text(zh="请求里有不能识别的内容。", en="Something in the request cannot be read.")
NO_ADDRESS = Text(zh="没有这个地址。", en="There is no such address.")


@dataclass(frozen=True)
class Explained:
    """What a page says of one kind of failure."""

    title: str | Promise
    happened: str | Promise
    next: str | Promise
    icon: str = "info-circle"


EXPLAINED: dict[int, Explained] = {
    400: Explained(
        _("We could not read this request"),
        _("Something in it is incomplete or not as the page sent it. Nothing was changed."),
        _("Go back, load the page again, and try once more."),
        "alert-circle",
    ),
    403: Explained(
        _("You may not open this page"),
        _("It belongs to someone else, or needs a permission your account does not have."),
        _("If you think it should be yours, sign in with the right account or call us."),
        "lock",
    ),
    404: Explained(
        _("There is no such page"),
        _("The address may be mistyped, or the page has moved."),
        _("Check the address, or start from the home page."),
        "map-search",
    ),
    409: Explained(
        _("This cannot be done now"),
        _("Nothing was changed."),
        _("Go back and look at where the matter stands."),
        "hand-stop",
    ),
    413: Explained(
        _("The file is too large"),
        _("It is larger than we can take. Nothing was sent; your other answers are kept."),
        _("Take the photo again at a lower quality, or send the pages one by one."),
        "file-alert",
    ),
    422: Explained(
        _("Something needs correcting"),
        _("Nothing was changed."),
        _("Go back, correct it, and send again."),
        "alert-circle",
    ),
    429: Explained(
        _("Please wait a moment"),
        _("Nothing was changed."),
        _("Try again a little later. If you share a network with many people, call us."),
        "clock-pause",
    ),
    500: Explained(
        _("We made a mistake"),
        _("This is our fault, not yours. What you had saved before is kept."),
        _("Try again in a few minutes. If it happens again, call us and quote the number below."),
        "tool",
    ),
    503: Explained(
        _("The service is resting for a moment"),
        _("We are working on it, or too many people are here at once. What you saved is kept."),
        _("Try again in a few minutes."),
        "clock-pause",
    ),
}


def told(request: HttpRequest, error: YiwangError) -> HttpResponse:
    """The answer for an error of ours: JSON under `/api/`, otherwise a page."""
    if isinstance(error, Defect):
        return defect(request, error)
    status = getattr(error, "status", 409)
    sentence = error.sentence
    if request.path.startswith("/api/"):
        return JsonResponse({"error": _machine_words(error)}, status=status)
    basis = error.basis if isinstance(error, Refusal) else ""
    return _page(request, status, sentence=sentence, basis=basis)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400; machines are told in JSON."""
    return _for_machines(request, 400, "bad_input", UNREADABLE) or _page(request, 400)


def _for_machines(request: HttpRequest, status: int, kind: str, text: Text) -> HttpResponse | None:
    """The answer under `/api/`; None for a page's address."""
    if not request.path.startswith("/api/"):
        return None
    return JsonResponse({"error": {"kind": kind, "message": str(text)}}, status=status)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404; machines are told in JSON."""
    return _for_machines(request, 404, "refusal", NO_ADDRESS) or _page(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    """The answer to an upload past the limit."""
    return _page(request, 413)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The answer while the service cannot work; asks to come back in two minutes."""
    response = _page(request, 503)
    response["Retry-After"] = "120"
    return response


def defect(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Django's handler500: logs an id that the person can quote, and what was raised, if told."""
    number = new_id().hex[-12:].upper()
    request.defect_id = number  # type: ignore[attr-defined]  # Django's own line carries it too
    log.error("defect %s at %s %s", number, request.method, request.path, exc_info=error)
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"kind": "defect", "id": number}}, status=500)
    return _page(request, 500, number=number)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the page stood open too long or came from elsewhere."""
    return _page(
        request,
        403,
        sentence=_("The page was open for too long, so we could not be sure it was you."),
        explained=Explained(
            _("Please send it once more"),
            _("Nothing was sent or changed."),
            _("Go back, load the page again, and press the button once more."),
            "refresh",
        ),
    )


def _page(
    request: HttpRequest,
    status: int,
    *,
    sentence: str | Promise = "",
    basis: str = "",
    number: str = "",
    explained: Explained | None = None,
) -> HttpResponse:
    context = {
        **(_without_lookups() if status >= 500 or status == 429 else {}),
        "status": status,
        "explained": explained or EXPLAINED.get(status, EXPLAINED[409]),
        "sentence": sentence,
        "basis": basis,
        "number": number,
    }
    return render(request, "ui/error.html", context, status=status)


def _without_lookups() -> dict[str, object]:
    """What a page shows when nothing may be asked of the database, which may be what failed, or
    what too many want."""
    try:
        here = city()
    except Exception:  # the teller's failure must not hide the first one
        here = UNNAMED
    bars = dict.fromkeys(("public_bar", "my_bar", "desk_bar", "operate_bar"), ())
    return {"city": here, "who": "", "links": {}, **bars}


def _machine_words(error: YiwangError) -> dict[str, object]:
    if isinstance(error, BadInputs):
        fields = [{"field": one.field, "message": one.sentence} for one in error.inputs]
        return {"kind": "bad_input", "message": error.sentence, "fields": fields}
    if isinstance(error, BadInput):
        return {"kind": "bad_input", "message": error.sentence, "field": error.field}
    return {"kind": "refusal", "message": error.sentence}
