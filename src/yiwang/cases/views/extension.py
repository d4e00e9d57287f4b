"""Making a limit longer: what it comes to, the reasons, and what the applicant will read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yiwang.cases import actions, queries
from yiwang.cases.calendar import work_calendar
from yiwang.cases.errors import CannotExtend, ReasonsMissing
from yiwang.cases.extension import refusal
from yiwang.cases.forms import LONGEST, WRITE_REASONS
from yiwang.cases.models import Case
from yiwang.cases.procedures import procedure_of
from yiwang.cases.views.desk import staff_of
from yiwang.identity.permissions import require
from yiwang.kernel.errors import BadInput
from yiwang.pack.declaration import Extension
from yiwang.pack.queries import current
from yiwang.registers.grants import basis_text
from yiwang.ui.audiences import desk
from yiwang.ui.fields import Field, Words


@desk("cases.extend")
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """Extend the limits of an item, or the joint limit of a matter one leads."""
    staff = staff_of(request)
    case = queries.case_for(number, staff)
    require(staff, "cases.extend", department=case.department, service=case.what)
    extension = procedure_of(case).terms(case).extension
    if extension is None or (why := refusal(case)) is not None:
        raise CannotExtend(case, "not-declared" if extension is None else why)
    if request.method != "POST":
        return _page(request, case, extension, {})
    typed = [field.typed(request.POST) for field in _fields(extension)]
    if wrong := {field.name: field.error for field in typed if field.error}:
        return _page(request, case, extension, wrong)
    said = {field.name: field.value for field in typed}
    approval = said.get("approval", "")
    try:
        actions.extend(case.id, reasons=said["reasons"], approval=approval, staff=staff)
    except ReasonsMissing:
        return _page(request, case, extension, {"reasons": WRITE_REASONS})
    except BadInput as error:
        return _page(request, case, extension, {error.field: error.text})
    return redirect("cases:desk_case", case.number)


def _page(
    request: HttpRequest, case: Case, extension: Extension, wrong: Mapping[str, Words]
) -> HttpResponse:
    calendar = work_calendar(current())
    rows = [
        (limit, calendar.after(limit.due, extension.days, extension.count))
        for limit in queries.limits(case)
        if limit.case == case.id
    ]
    fields = [_filled(field, request, wrong) for field in _fields(extension)]
    context = {
        "case": case,
        "title": procedure_of(case).title(case),
        "extension": extension,
        "law": basis_text(extension.basis),
        "rows": rows,
        "fields": fields,
    }
    return render(request, "cases/extend.html", context, status=422 if wrong else 200)


def _fields(extension: Extension) -> list[Field]:
    fields = [
        Field(
            "reasons", gettext("Why more time is needed"), "long_text", longest=LONGEST,
            help=gettext("The applicant reads this word for word."),
        )
    ]  # fmt: skip
    if extension.approved_by:
        fields.append(
            Field(
                "approval", gettext("Approved by, and the number of the approval"), longest=200,
                help=gettext("The law wants the approval of: %(who)s.")
                % {"who": extension.approved_by},
            )
        )  # fmt: skip
    return fields


def _filled(field: Field, request: HttpRequest, wrong: Mapping[str, Words]) -> Field:
    typed = replace(field, value=request.POST.get(field.name, ""))
    return typed.with_error(wrong[field.name]) if field.name in wrong else typed
