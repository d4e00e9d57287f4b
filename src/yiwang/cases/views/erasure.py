"""Erasing what a finished matter holds: asking for it, and the second person's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiwang.cases import actions, queries
from yiwang.cases.erasures import waiting
from yiwang.cases.errors import ReasonsMissing
from yiwang.cases.forms import LONGEST, WRITE_REASONS
from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.cases.views.desk import staff_of
from yiwang.identity.permissions import require
from yiwang.kernel.errors import BadInput
from yiwang.ui.audiences import desk
from yiwang.ui.fields import Field, Words


@desk("cases.ask_erasure")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that what a matter holds be erased: on which law, and why."""
    staff = staff_of(request)
    root = queries.case_for(number, staff).root
    require(staff, "cases.ask_erasure", department=root.department)
    if request.method != "POST":
        return _page(request, root, {})
    typed = [field.typed(request.POST) for field in _fields()]
    if wrong := {field.name: field.error for field in typed if field.error}:
        return _page(request, root, wrong)
    said = {field.name: field.value for field in typed}
    try:
        actions.ask_erasure(root.number, basis=said["basis"], reasons=said["reasons"], by=staff)
    except ReasonsMissing:
        return _page(request, root, {"reasons": WRITE_REASONS})
    except BadInput as error:
        return _page(request, root, {error.field: error.text})
    return redirect("cases:desk_case", root.number)


def _page(request: HttpRequest, root: Case, wrong: Mapping[str, Words]) -> HttpResponse:
    fields = [_filled(field, request, wrong) for field in _fields()]
    context = {"case": root, "title": procedure_of(root).title(root), "fields": fields}
    return render(request, "cases/erase.html", context, status=422 if wrong else 200)


def _fields() -> list[Field]:
    return [
        Field(
            "basis", gettext("On which law"), longest=200,
            help=gettext("For example: Personal Information Protection Law, article 47."),
        ),
        Field(
            "reasons", gettext("Why it has to be erased"), "long_text", longest=LONGEST,
            help=gettext("This is kept. Name nobody, and repeat nothing of what is erased."),
        ),
    ]  # fmt: skip


def _filled(field: Field, request: HttpRequest, wrong: Mapping[str, Words]) -> Field:
    typed = replace(field, value=request.POST.get(field.name, ""))
    return typed.with_error(wrong[field.name]) if field.name in wrong else typed


@desk("cases.confirm_erasure")
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """What waits for a second person."""
    staff = staff_of(request)
    return render(request, "cases/erasures.html", {"asked": waiting(staff)})


@desk("cases.confirm_erasure")
@require_POST
def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Erase it."""
    actions.confirm_erasure(id, by=staff_of(request))
    return redirect("cases:erasures")


@desk("cases.confirm_erasure")
@require_POST
def refuse(request: HttpRequest, id: UUID) -> HttpResponse:
    """Leave it as it is."""
    actions.refuse_erasure(id, by=staff_of(request))
    return redirect("cases:erasures")
