"""The desk's side of access to registers: asking, deciding, the use of grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.calendar import days_left
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.registers.catalogue import column_titles, columns_of, sharing_words, title_of
from yiwang.registers.declarations import Element, Register
from yiwang.registers.grants import allowed
from yiwang.registers.queries import given_grant
from yiwang.stewardship import actions
from yiwang.stewardship.asking import Wish, clock_of, may_ask
from yiwang.stewardship.declarations import terms_of
from yiwang.stewardship.errors import NoSuchGrant
from yiwang.stewardship.grants import grants_of
from yiwang.stewardship.models import AccessRequest
from yiwang.stewardship.needs import items_of
from yiwang.stewardship.queries import asked_by, counts, decided_by, request_for, to_decide
from yiwang.stewardship.views.desk import staff_of
from yiwang.ui.audiences import desk
from yiwang.ui.fields import Choice, Field, Words
from yiwang.ui.parts import Row

SHOWN = 50
LONGEST = 1000
TOLD = {
    "asked": Text(
        zh="申请已送达登记库的负责部门。", en="The steward of the register has your request."
    ),
    "decided": Text(
        zh="已审核，申请部门可以看到结果。", en="Decided; the department that asked sees it."
    ),
    "withdrawn": Text(zh="授权已收回，立即生效。", en="The grant is withdrawn, from this moment."),
}


@desk("access.request")
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """What waits for my department's decision, what it asked for, who reads its registers."""
    staff, pack = staff_of(request), current()
    decides = holds(staff, "access.decide", department=staff.department)
    context = {
        "decides": decides,
        "to_decide": [_line(one, pack) for one in to_decide(staff.department)[:SHOWN]],
        "decided": [_line(one, pack) for one in decided_by(staff.department)[:SHOWN]],
        "asked": [_line(one, pack) for one in asked_by(staff.department)[:SHOWN]],
        "granted": grants_of(pack, steward=staff.department) if decides else [],
        "mine": [
            one for one in grants_of(pack, department=staff.department)
            if not one.access.everybody and one.register.steward != staff.department
        ],
        "told": TOLD.get(request.GET.get("told", "")),
    }  # fmt: skip
    return render(request, "stewardship/access.html", context)


@desk("supervision.view")
@require_safe
def supervise(request: HttpRequest) -> HttpResponse:
    """Over all departments: grants and their use, what is odd first; questions and how late."""
    pack, on = current(), moment.today()
    grants = grants_of(pack)
    flag = request.GET.get("flag", "")
    shown = [one for one in grants if flag in one.flags] if flag else grants
    context = {
        "granted": shown[:200],
        "flag": flag,
        "flags": [
            (name, title, sum(name in one.flags for one in grants))
            for name, title in (
                ("many", gettext("More reads than matters explain")),
                ("never", gettext("Not used")),
                ("soon", gettext("End soon")),
            )
        ],
        "total": len(grants),
        "concerns": [
            row | {"title": title_of(pack, str(row["department"]))}
            for row in counts(on.replace(day=1))
        ],
    }
    return render(request, "stewardship/supervise.html", context)


@desk("access.request")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for columns of another department's register."""
    staff, pack = staff_of(request), current()
    id = request.GET.get("register", "")[:64]
    if not id:
        context = {"registers": _askable(pack, staff)}
        return render(request, "stewardship/choose_register.html", context)
    register = may_ask(pack, id, staff.department)
    fields, wrong = _ask_fields(pack, register, staff, request.POST), {}
    if request.method == "POST":
        said = {field.name: field.value for field in fields}
        try:
            actions.request(
                id, wish=_wish(said), services=said["services"], purpose=str(said["purpose"]),
                law=str(said["law"]), article=str(said["article"]), staff=staff,
            )  # fmt: skip
            return redirect(f"{reverse('stewardship:access')}?told=asked")
        except (BadInputs, BadInput) as error:
            wrong = _errors(error)
        except Refusal as error:
            wrong = {"columns": error.text}
    _class, limit = clock_of(register, terms_of(pack))
    context = {
        "register": register,
        "steward": title_of(pack, register.steward),
        "sharing": sharing_words(register),
        "limit": limit,
        "fields": [_with_error(field, wrong) for field in fields],
    }
    return render(request, "stewardship/ask_access.html", context, status=422 if wrong else 200)


@desk("access.request")
@require_http_methods(["GET", "HEAD", "POST"])
def access_request(request: HttpRequest, id: UUID) -> HttpResponse:
    """One request: what is asked, the steward's decision."""
    staff, pack = staff_of(request), current()
    asked = request_for(id, staff.department)
    decides = asked.is_open and holds(staff, "access.decide", department=asked.steward)
    fields: list[Field] = _decision_fields(pack, asked, request.POST) if decides else []
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        said = {field.name: field.value for field in fields}
        try:
            if decides and said["decision"] not in ("grant", "refuse"):
                raise BadInput("decision", CHOOSE)
            actions.decide(
                id, granted=said.get("decision") == "grant", wish=_wish(said),
                reasons=str(said.get("reasons", "")), staff=staff,
            )  # fmt: skip
            return redirect(f"{reverse('stewardship:access')}?told=decided")
        except (BadInputs, BadInput) as error:
            wrong = _errors(error)
    context = _about(asked, pack) | {
        "fields": [_with_error(field, wrong) for field in fields],
        "decides": decides,
    }
    return render(request, "stewardship/request.html", context, status=422 if wrong else 200)


@desk("access.request")
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """A grant given on request: its use; its steward may take it back."""
    staff, pack = staff_of(request), current()
    row = given_grant(id)
    steward = pack.get(Register, row.register).steward if row else ""
    if row is None or staff.department not in (row.department, steward):
        raise NoSuchGrant()
    field = Field("reasons", gettext("Why it is taken back"), "long_text", longest=LONGEST)
    field = field.typed(request.POST)
    if request.method == "POST":
        try:
            actions.withdraw(id, reasons=str(field.value), staff=staff)
            return redirect(f"{reverse('stewardship:access')}?told=withdrawn")
        except BadInput as error:
            field = field.with_error(error.text)
    one = next((one for one in grants_of(pack, steward=steward) if one.id == id), None)
    context = {
        "row": row,
        "one": one,
        "register": pack.get(Register, row.register),
        "who": title_of(pack, row.department),
        "columns": column_titles(pack.get(Register, row.register), pack, row.columns),
        "withdraws": row.withdrawn_at is None and holds(staff, "access.decide", department=steward),
        "field": field,
        "fields": [field],
    }
    return render(request, "stewardship/grant.html", context, status=422 if field.error else 200)


# ---- what is asked and typed -------------------------------------------------------------------

CHOOSE = Text(zh="请选择同意或者不同意。", en="Choose whether to grant it.")


def _askable(pack: Pack, staff: Staff) -> list[tuple[Register, Text, str, bool]]:
    rows = [
        (one, title_of(pack, one.steward), sharing_words(one), one.sharing != "none")
        for one in pack.all(Register).values()
        if one.steward != staff.department
    ]
    return sorted(rows, key=lambda row: (not row[3], str(row[0].title)))


def _ask_fields(pack: Pack, register: Register, staff: Staff, data: QueryDict) -> list[Field]:
    there = allowed(register, [staff.department], register.columns, moment.today())
    columns = tuple(
        Choice(one.name, one.title, gettext("you may read it already") if one.name in there else "")
        for one in columns_of(register, pack, None)
    )
    items = tuple(Choice(id, title) for id, title in items_of(staff.department).items())
    longest = terms_of(pack).longest
    fields = [
        Field("services", gettext("For which of your items"), "codes", codes=items),
        Field(
            "columns", gettext("Which columns"), "codes", codes=columns,
            help=gettext("The least that will do: a column none of the items reads is refused."),
        ),
        Field("purpose", gettext("What for"), "long_text", longest=LONGEST),
        Field("law", gettext("On which law"), longest=200,
              help=gettext("The full name of the law, without 《》")),
        Field("article", gettext("Article"), longest=100, required=False),
        Field(
            "until", gettext("Until which day"), "date",
            help=gettext("%(days)d days at most; ask again after that") % {"days": longest},
        ),
        Field("a_day", gettext("How many reads a day at most"), "integer", longest=7),
    ]  # fmt: skip
    return [_filled(field, data) for field in fields]


def _decision_fields(pack: Pack, asked: AccessRequest, data: QueryDict) -> list[Field]:
    register = pack.get(Register, asked.register)
    columns = tuple(
        Choice(name, pack.get(Element, register.columns[name]).title) for name in asked.columns
    )
    decisions = (
        Choice("grant", gettext("Grant")), Choice("refuse", gettext("Refuse"))
    )  # fmt: skip
    fields = [
        Field("decision", gettext("Your decision"), "code", codes=decisions),
        Field("columns", gettext("Columns granted"), "codes", codes=columns,
              value=list(asked.columns)),
        Field("until", gettext("Until which day"), "date", value=asked.until),
        Field("a_day", gettext("How many reads a day at most"), "integer", value=asked.a_day),
        Field(
            "reasons", gettext("Reasons"), "long_text", required=False, longest=LONGEST,
            help=gettext("Needed to refuse or to grant less. The department reads it word for "
                         "word."),
        ),
    ]  # fmt: skip
    return [_filled(field, data) if data else field for field in fields]


def _filled(field: Field, data: QueryDict) -> Field:
    if field.type != "codes":
        return field.typed(data)
    known = {one.value for one in field.codes}
    chosen = [one for one in data.getlist(field.name) if one in known]
    return Field(**{**vars(field), "value": chosen})


def _wish(said: Mapping[str, object]) -> Wish:
    until, a_day = None, None
    with suppress(ValueError):
        until = date.fromisoformat(str(said.get("until", "")))
    with suppress(ValueError):
        a_day = int(str(said.get("a_day", "")))
    columns = said.get("columns") or []
    return Wish(list(columns) if isinstance(columns, list) else [], until, a_day)


def _errors(error: BadInput | BadInputs) -> dict[str, Words]:
    several = error.inputs if isinstance(error, BadInputs) else (error,)
    return {one.field: one.text for one in several}


def _with_error(field: Field, wrong: Mapping[str, Words]) -> Field:
    return field.with_error(wrong[field.name]) if field.name in wrong else field


# ---- what is shown -----------------------------------------------------------------------------


def _line(one: AccessRequest, pack: Pack) -> tuple[AccessRequest, Text, Text, int]:
    register = pack.all(Register).get(one.register)
    title = register.title if register else Text(zh=one.register, en=one.register)
    return one, title, title_of(pack, one.department), days_left(one.due_on)


def _about(asked: AccessRequest, pack: Pack) -> dict[str, object]:
    register = pack.get(Register, asked.register)
    items = items_of(asked.department)
    law = f"《{asked.law}》{asked.article}"
    rows = [
        Row(
            gettext("Register"),
            register.title,
            url=reverse("registers:register", args=[register.id]),
        ),
        Row(gettext("Which columns"), _joined(column_titles(register, pack, asked.columns))),
        Row(
            gettext("For which items"), _joined([items[id] for id in asked.services if id in items])
        ),
        Row(gettext("What for"), asked.purpose),
        Row(gettext("On which law"), law),
        Row(gettext("Until"), asked.until.isoformat()),
        Row(gettext("Reads a day at most"), asked.a_day),
        Row(gettext("Asked by"), f"{asked.asked_by.name} · {title_of(pack, asked.department)}"),
    ]
    return {
        "asked": asked,
        "register": register,
        "steward": title_of(pack, asked.steward),
        "who": title_of(pack, asked.department),
        "rows": rows,
        "left": days_left(asked.due_on),
        "tone": {"open": "now", "granted": "good", "partly": "warn", "refused": "bad"}[asked.state],
    }


def _joined(words: Sequence[Text]) -> Text:
    return Text(zh="、".join(one.zh for one in words), en=", ".join(one.en for one in words))
