"""What I have to pay, one bill, its receipt."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.payments.actions import begin_payment
from yiwang.payments.errors import NoSuchBill
from yiwang.payments.pages import bill_page, lines, receipt_rows
from yiwang.payments.queries import bill_of, bills_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.parts import PageOf

ON_A_PAGE = 20


@signed_in
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Everything I have to pay or have paid, what is due first."""
    rows = bills_of(request.person.id)  # type: ignore[attr-defined]
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": lines(list(page.object_list)),
        "page": PageOf(page.number, page.paginator.num_pages),
    }
    return render(request, "payments/payments.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """One bill: what for, to whom, on which law; and the way to pay it."""
    person = request.person  # type: ignore[attr-defined]
    if request.method == "POST":
        back = request.build_absolute_uri(reverse("payments:payment", args=[number]))
        by = request.actor  # type: ignore[attr-defined]
        there = begin_payment(number, person=person.id, by=by, back=back)
        if there.startswith("/"):
            return HttpResponseRedirect(there)
        # a form may not lead off this site (Content-Security-Policy), a link may
        return render(request, "payments/leave.html", {"there": there, "number": number})
    return render(request, "payments/payment.html", {"page": bill_page(bill_of(number, person.id))})


@signed_in
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a paid bill, to print."""
    bill = bill_of(number, request.person.id)  # type: ignore[attr-defined]
    if not bill.receipt:
        raise NoSuchBill()
    return render(request, "payments/receipt.html", {"bill": bill, "rows": receipt_rows(bill)})
