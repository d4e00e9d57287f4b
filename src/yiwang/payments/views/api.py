"""What a gateway calls once someone has paid."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yiwang.payments.actions import take_notification
from yiwang.payments.errors import UnknownGateway
from yiwang.payments.gateway import gateway_named
from yiwang.payments.states import Answer
from yiwang.ui.audiences import machine

REFUSED = (Answer.FORGED, Answer.UNKNOWN_ORDER)


@csrf_exempt  # it comes from a machine; its signature says from which
@machine(None, counted=False)
@require_POST
def notified(request: HttpRequest, name: str) -> HttpResponse:
    """Take in a gateway's notification: 200 once it is settled, 400 for what nobody can believe."""
    try:
        gateway = gateway_named(name)
    except UnknownGateway:
        return HttpResponseNotFound("no such gateway", content_type="text/plain")
    answer = take_notification(gateway, request.body, dict(request.headers))
    if answer in REFUSED:
        return HttpResponseBadRequest(str(answer), content_type="text/plain")
    return HttpResponse(gateway.answer(), content_type="text/plain")
