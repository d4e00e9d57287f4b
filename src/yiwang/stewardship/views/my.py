"""Asking why one's data was read, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.declarations import Department
from yiwang.identity.models import Person
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.registers.telling import rows_of, title_of
from yiwang.registers.uses import Use, told, uses_of
from yiwang.registers.whose import wards_of
from yiwang.stewardship import actions
from yiwang.stewardship.declarations import terms_of
from yiwang.stewardship.errors import NoSuchReading
from yiwang.stewardship.queries import concern_of
from yiwang.stewardship.timeline import steps_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.fields import Choice, Field, Words

LONGEST = 1000


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, act: UUID) -> HttpResponse:
    """Question one reading: pick a reason, say why, send it to the office that read."""
    me = _me(request)
    subject, use = _reading(act, me, request.GET.get("for", ""))
    fields = [field.typed(request.POST) for field in _fields(use)]
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        said = {field.name: str(field.value or "") for field in fields}
        wrong = {field.name: field.error for field in fields if field.error}
        if not wrong:
            try:
                return redirect("stewardship:concern", _ask(me, subject, use, said))
            except BadInput as error:
                wrong = {error.field: error.text}
    context = {
        "title": title_of(use),
        "rows": rows_of(use),
        "fields": [_with_error(field, wrong) for field in fields],
        "limit": terms_of(current()).question,
    }
    return render(request, "stewardship/ask.html", context, status=422 if wrong else 200)


@signed_in
@require_safe
def concern(request: HttpRequest, id: UUID) -> HttpResponse:
    """One question: to whom, by when, the answer."""
    me = _me(request)
    found = concern_of(id, me.id)
    use = next(iter(told(uses_of(found.subject).filter(id=found.act), me.id, current())), None)
    office = current().all(Department).get(found.department)
    context = {
        "concern": found,
        "office": office,
        "steps": steps_of(found),
        "title": title_of(use) if use else "",
        "rows": rows_of(use) if use else [],
    }
    return render(request, "stewardship/concern.html", context)


def _ask(me: Person, subject: UUID, use: Use, said: Mapping[str, str]) -> UUID:
    office = said["office"] if len(use.offices) > 1 else use.offices[0]
    if office not in use.offices:
        raise BadInput("office", Text(zh="请选择问哪个部门。", en="Choose which office you ask."))
    return actions.ask(
        person=me, subject=subject, act=use.act, department=office, register=use.register_id,
        columns=use.columns, reason=said["reason"], words=said["words"],
    ).id  # fmt: skip


def _reading(act: UUID, me: Person, whose: str) -> tuple[UUID, Use]:
    """A reading about this person or somebody they stand for. Raises NoSuchReading."""
    for one in (me, *wards_of(me)):
        if whose and str(one.id) != whose:
            continue
        for use in told(uses_of(one.id).filter(id=act), me.id, current()):
            if use.offices:
                return one.id, use
    raise NoSuchReading()


def _fields(use: Use) -> list[Field]:
    offices = tuple(
        Choice(id, title) for id, title in zip(use.offices, use.departments, strict=True)
    )
    reasons = tuple(Choice(one.id, one.title) for one in terms_of(current()).reasons)
    fields = [
        Field("reason", gettext("What is not clear to you?"), "code", codes=reasons),
        Field(
            "words", gettext("What do you want to know?"), "long_text", required=False,
            longest=LONGEST, help=gettext("The office reads this word for word."),
        ),
    ]  # fmt: skip
    if len(offices) > 1:
        fields.insert(
            0, Field("office", gettext("Which office do you ask?"), "code", codes=offices)
        )
    return fields


def _with_error(field: Field, wrong: Mapping[str, Words]) -> Field:
    return field.with_error(wrong[field.name]) if field.name in wrong else field


def _me(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]
