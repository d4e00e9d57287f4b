"""The task page and every verb on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yiwang.cases import actions, queries
from yiwang.cases.doings import doings
from yiwang.cases.errors import TaskTaken
from yiwang.cases.forms import (
    Form,
    ask_form,
    errors_of,
    grant_form,
    hand_over_form,
    need,
    refuse_form,
    words_form,
)
from yiwang.cases.models import Task
from yiwang.cases.panels import Panel, panel_of
from yiwang.cases.procedures import procedure_of
from yiwang.cases.review_forms import REVIEW_FORMS
from yiwang.cases.states import Verb
from yiwang.cases.views.desk import about_case, back_to_list, next_line, show_list, staff_of
from yiwang.cases.words import MORE_ASKED, not_accepted_words, refused_words
from yiwang.cases.worklist import Wanted
from yiwang.identity.queries import staff_member
from yiwang.kernel.canonical import digest
from yiwang.kernel.errors import BadInput, BadInputs, NotAllowed, Refusal
from yiwang.kernel.words import Text
from yiwang.ui.audiences import desk

NO_PANEL = Panel("", {})
FINISHED = {
    "accepted": Text(zh="已受理", en="Accepted"),
    "not_accepted": Text(zh="已告知不予受理", en="Not accepted; the applicant has been told"),
    "asked": Text(
        zh="已告知申请人补正，时限暂停", en="The applicant was asked; limits stand still"
    ),
    "granted": Text(zh="已同意，结果已送达申请人", en="Granted; the applicant has the result"),
    "refused": Text(zh="已告知不予通过", en="Refused; the applicant has been told"),
    "verified": Text(zh="已核实", en="Checked"),
    "convened": Text(zh="已通知各部门和申请人", en="The departments and the applicant were told"),
    "opined": Text(zh="意见已送达牵头部门", en="The leading department has your opinion"),
    "concluded": Text(
        zh="结论已送达各部门和申请人", en="The departments and the applicant have the conclusion"
    ),
    "made_good": Text(zh="整改答复已送达申请人", en="The answer has been sent to the applicant"),
}


@dataclass(frozen=True)
class Open:
    """A task on the table: the row, the panel of its kind, who looks at it."""

    task: Task
    panel: Panel
    request: HttpRequest

    @property
    def data(self) -> QueryDict:
        """What was posted."""
        return self.request.POST


@desk("worklist.view")
@never_cache
@require_GET
def page(request: HttpRequest, id: UUID) -> HttpResponse:
    """One task with all that is needed to decide; opening it is an act of reading."""
    here = open_here(request, id)
    return _show(here, _form(here, request.GET.get("do", "")))


@desk("worklist.view")
@require_GET
def finished(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was done, and the next task."""
    staff = staff_of(request)
    task = queries.task_for(id, staff)
    context = {
        "task": task,
        "case": task.case,
        "title": procedure_of(task.case).title(task.case),
        "done": FINISHED.get(request.GET.get("done", "")),
        "goes_on": queries.live_task(task.case),
        "next": next_line(staff, task),
    }
    return render(request, "cases/finished.html", context)


@desk("cases.claim")
@require_POST
def claim_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a task in hand, from the list or from its page."""
    from_list = "back" in request.POST
    try:
        task = actions.claim(id, staff=staff_of(request))
    except TaskTaken as error:
        wanted = Wanted.read(QueryDict(request.POST.get("back", "").lstrip("?")))
        return show_list(request, wanted, problem=str(error), status=409)
    if not from_list:
        return redirect("cases:task", id)
    back = back_to_list(request.POST)
    return HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}took={task.id}")


@desk("cases.claim")
@require_POST
def put_it_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put a task back on the department's list."""
    here = open_here(request, id)
    staff = staff_of(request)
    return try_it(here, None, lambda: actions.put_back(id, staff=staff), "/desk/?told=back")


@desk("cases.hand_over")
@require_POST
def hand_it_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a task to a colleague."""
    here = open_here(request, id)
    form = need(hand_over_form(here.task, staff_of(request)).typed(request.POST), "to")
    to, words = form.value("to"), form.value("words")

    def act() -> None:
        actions.hand_over(id, to=staff_member(UUID(to)), staff=staff_of(request), words=words)

    return try_it(here, form, act, "/desk/?told=handed")


@desk("cases.accept")
@require_POST
def accept_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Accept an application."""
    here = open_here(request, id)
    case = here.task.case_id
    return try_it(here, None, lambda: actions.accept(case, staff=staff_of(request)), "accepted")


@desk("cases.accept")
@require_POST
def not_accept(request: HttpRequest, id: UUID) -> HttpResponse:
    """Refuse to accept, after a look at what the applicant will read."""
    here = open_here(request, id)
    form = need(refuse_form(here.panel, verb="not_accept").typed(request.POST), "reasons")
    terms = procedure_of(here.task.case).terms(here.task.case)
    reasons, basis = form.value("reasons"), _basis(here.panel, form) or terms.basis
    form = _previewed(here, form, not_accepted_words(reasons, terms.appeal))

    def act() -> None:
        actions.refuse_to_accept(
            here.task.case_id, reasons=reasons, basis=basis, staff=staff_of(request)
        )

    return try_it(here, form, act, "not_accepted")


@desk("cases.ask_more")
@require_POST
def ask(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask the applicant for more, after a look at what they will read."""
    here = open_here(request, id)
    form = need(ask_form(here.panel).typed(request.POST), "note")
    asks, note = form.chosen("asks", "more"), form.value("note")
    titles = {one.name: one.title for one in here.panel.asks}
    listed = "".join(f"\n· {titles[one]}" for one in asks)
    safe = f"{listed}\n{note}".replace("{", "{{").replace("}", "}}")
    form = _previewed(here, form, Text(zh=MORE_ASKED.zh + safe, en=MORE_ASKED.en + safe))

    def act() -> None:
        actions.ask_more(here.task.case_id, asks=asks, note=note, staff=staff_of(request))

    return try_it(here, form, act, "asked")


@desk("cases.decide")
@require_POST
def grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """Grant, with the values stated by the office."""
    here = open_here(request, id)
    form = need(grant_form(here.panel).typed(request.POST), "reasons")
    fills = {field.name: str(field.value or "") for field in form.fields if field.name != "reasons"}

    def act() -> None:
        actions.decide(
            here.task.case_id, granted=True, reasons=form.value("reasons"), basis="", fills=fills,
            staff=staff_of(request),
        )  # fmt: skip

    return try_it(here, form, act, "granted")


@desk("cases.decide")
@require_POST
def refuse(request: HttpRequest, id: UUID) -> HttpResponse:
    """Refuse, after a look at what the applicant will read."""
    here = open_here(request, id)
    form = need(refuse_form(here.panel, verb="refuse").typed(request.POST), "grounds", "reasons")
    reasons, basis = form.value("reasons"), _basis(here.panel, form)
    appeal = procedure_of(here.task.case).terms(here.task.case).appeal
    form = _previewed(here, form, refused_words(basis, reasons, appeal))

    def act() -> None:
        actions.decide(
            here.task.case_id, granted=False, reasons=reasons, basis=basis, fills={},
            staff=staff_of(request),
        )  # fmt: skip

    return try_it(here, form, act, "refused")


@desk("cases.decide")
@require_POST
def verify_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what came of looking at a late answer."""
    here = open_here(request, id)
    form = need(words_form("verify").typed(request.POST), "words")
    words, case = form.value("words"), here.task.case_id
    act = lambda: actions.verify(case, words=words, staff=staff_of(request))  # noqa: E731
    return try_it(here, form, act, "verified")


@desk("cases.rework")
@require_POST
def make_good(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer a bad rating."""
    here = open_here(request, id)
    form = need(words_form("make_good").typed(request.POST), "words")
    words, case = form.value("words"), here.task.case_id
    act = lambda: actions.finish_rework(case, words=words, staff=staff_of(request))  # noqa: E731
    return try_it(here, form, act, "made_good")


# ---- what they share ---------------------------------------------------------------------------


def open_here(request: HttpRequest, id: UUID) -> Open:
    """The task with what this member of staff may see of it; the reading is recorded first."""
    staff = staff_of(request)
    task = queries.task_for(id, staff)
    panel = panel_of(task.case, task, staff) or NO_PANEL
    actions.open_task(task.id, about=panel.people, staff=staff)
    return Open(task, panel, request)


def _form(here: Open, verb: str) -> Form | None:
    """The form a button opened; a task of one text has it open from the beginning."""
    alone = {Verb.VERIFY: "verify", Verb.REWORK: "make_good"}
    if verb == "hand_over":
        return hand_over_form(here.task, staff_of(here.request))
    if here.task.verb in REVIEW_FORMS:
        return REVIEW_FORMS[here.task.verb]()
    if here.task.verb in alone:
        return words_form(alone[Verb(here.task.verb)])
    if verb == "ask":
        return ask_form(here.panel)
    if verb in ("refuse", "not_accept"):
        return refuse_form(here.panel, verb=verb)
    return None


def _previewed(here: Open, form: Form, words: Text) -> Form:
    """The form with what the applicant will read, and its digest."""
    case = here.task.case
    said = str(words.filled(title=procedure_of(case).title(case), number=case.number))
    return replace(form, preview=said, seen=digest(said))


def try_it(here: Open, form: Form | None, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and go on; or show the page again, with what was typed and what is wrong.

    A form with a preview is done only once that very preview was seen.
    """
    if form is not None and any(field.error for field in form.fields):
        return _show(here, replace(form, preview="", seen=""), status=422)
    if form is not None and form.seen and here.data.get("seen") != form.seen:
        return _show(here, form)
    try:
        act()
    except (BadInput, BadInputs) as error:
        assert form is not None
        return _show(here, form.wrong(errors_of(error)), status=422)
    except NotAllowed:
        raise
    except Refusal as error:
        return _show(_again(here), form, problem=str(error), status=409)
    if done.startswith("/"):
        return HttpResponseRedirect(done)
    return HttpResponseRedirect(f"/desk/tasks/{here.task.id}/finished/?done={done}")


def _again(here: Open) -> Open:
    """The task as it stands now, for whoever came second."""
    task = queries.task_for(here.task.id, staff_of(here.request))
    return replace(here, task=task)


def _show(here: Open, form: Form | None, *, problem: str = "", status: int = 200) -> HttpResponse:
    staff, task = staff_of(here.request), here.task
    context = about_case(task.case, staff) | {
        "task": task,
        "panel": here.panel,
        "mine": task.assignee_id == staff.id,
        "doings": doings(task, staff, here.panel),
        "form": form if form is None or form.verb != "grant" else None,
        "grant": form if form is not None and form.verb == "grant" else grant_form(here.panel),
        "problem": problem,
        "rating": queries.rating_of(task.case) if task.verb == Verb.REWORK else None,
    }
    return render(here.request, "cases/task.html", context, status=status)


def _basis(panel: Panel, form: Form) -> Text:
    """The conditions a refusal names, each with its law."""
    chosen = set(form.chosen("grounds"))
    named = [one for one in panel.grounds if one.id in chosen]
    return Text(
        zh="；".join(f"{one.title.zh}（{one.basis.zh}）" for one in named),
        en="; ".join(f"{one.title.en} ({one.basis.en})" for one in named),
    )
