"""The desk's side of questions about data: the list, one question, the answer."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.calendar import days_left
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.kernel.errors import BadInput
from yiwang.ledger.models import Act
from yiwang.pack.queries import current
from yiwang.registers.telling import rows_of, title_of
from yiwang.registers.uses import told, uses_of
from yiwang.stewardship import actions
from yiwang.stewardship.declarations import terms_of
from yiwang.stewardship.models import Concern
from yiwang.stewardship.queries import answered_of, open_of
from yiwang.stewardship.timeline import steps_of
from yiwang.ui.audiences import desk
from yiwang.ui.fields import Choice, Field, Words
from yiwang.ui.parts import PageOf, Row

ON_A_PAGE = 50
LONGEST = 2000


@desk("concerns.answer")
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """What one's department has to answer, the most urgent first; or what it has answered."""
    staff, done = staff_of(request), request.GET.get("tab") == "answered"
    rows = (answered_of if done else open_of)(staff.department)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    titles = {one.id: one.title for one in terms_of(current()).reasons}
    context = {
        "lines": [
            (one, titles.get(one.reason, one.reason), days_left(one.due_on))
            for one in page.object_list
        ],
        "done": done,
        "waiting": open_of(staff.department).count(),
        "told": request.GET.get("told") == "answered",
        "page": PageOf(page.number, page.paginator.num_pages, f"?tab={request.GET['tab']}&"
                       if done else "?"),
    }  # fmt: skip
    return render(request, "stewardship/concerns.html", context)


@desk("concerns.answer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, id: UUID) -> HttpResponse:
    """One question with the reading it is about; answering it."""
    staff = staff_of(request)
    found = actions.open_concern(id, staff=staff)
    fields = [field.typed(request.POST) for field in _fields()]
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        said = {field.name: str(field.value or "") for field in fields}
        wrong = {field.name: field.error for field in fields if field.error}
        if not wrong:
            try:
                actions.answer(id, outcome=said["outcome"], words=said["words"], staff=staff)
                return redirect("/desk/questions/?told=answered")
            except BadInput as error:
                wrong = {error.field: error.text}
    fields = [one.with_error(wrong[one.name]) if one.name in wrong else one for one in fields]
    context = _about(found, staff) | {"fields": fields}
    return render(request, "stewardship/desk_concern.html", context, status=422 if wrong else 200)


def _about(found: Concern, staff: Staff) -> dict[str, object]:
    acts = uses_of(found.subject).filter(id=found.act)
    use = next(iter(told(acts, found.person_id, current())), None)
    titles = {one.id: one.title for one in terms_of(current()).reasons}
    return {
        "concern": found,
        "reason": titles.get(found.reason, found.reason),
        "title": title_of(use) if use else "",
        "rows": [*(_for_desk(rows_of(use)) if use else []), *_reader(acts.first())],
        "left": days_left(found.due_on),
        "steps": steps_of(found),
        "oversees": holds(staff, "concerns.oversee", department=found.department),
    }


def _for_desk(rows: list[Row]) -> list[Row]:
    """Without the links that are the person's own, and what is said to the person."""
    return [Row(row.label, row.value) for row in rows if not row.url]


def _reader(act: Act | None) -> list[Row]:
    if act is None:
        return []
    kinds = {
        "person": gettext("the applicant, filling in a form"),
        "staff": gettext("a member of staff"),
        "rule": gettext("a rule"),
        "job": gettext("the system, later"),
    }
    return [Row(gettext("Set off by"), kinds.get(act.by_kind, act.by_kind))]


def _fields() -> list[Field]:
    outcomes = tuple(Choice(one.value, str(one.label)) for one in Concern.Outcome)
    return [
        Field("outcome", gettext("What came of looking into it"), "code", codes=outcomes),
        Field(
            "words", gettext("Your answer"), "long_text", longest=LONGEST,
            help=gettext("The person reads this word for word. Say why it was read, on which law "
                         "and for what; if it should not have been, say what is done about it."),
        ),
    ]  # fmt: skip


def staff_of(request: HttpRequest) -> Staff:
    """Who is at the desk."""
    return request.staff  # type: ignore[attr-defined,no-any-return]
