"""The sandbox's own page, as a bank's or a wallet's would stand elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yiwang.payments.actions import take_notification
from yiwang.payments.gateway import gateway
from yiwang.payments.pages import sandbox_page
from yiwang.payments.sandbox import Sandbox, notification
from yiwang.ui.audiences import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox(request: HttpRequest, order: UUID) -> HttpResponse:
    """Pay or do not: no money moves. What is pressed is told by a signed notification."""
    ways = gateway()
    if not isinstance(ways, Sandbox):
        raise Http404
    page = sandbox_page(order)
    if request.method == "POST" and request.POST.get("choice") == "pay" and not page.expired:
        body, headers = notification(page.order)
        take_notification(ways, body, headers)
    if request.method == "POST":
        return redirect("payments:payment", page.order.bill.number)
    return render(request, "payments/sandbox.html", {"page": page})
