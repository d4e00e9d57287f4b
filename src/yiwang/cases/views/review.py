"""A joint review at the desk: convening, opinions, conclusion; each is a task of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yiwang.cases import actions
from yiwang.cases.forms import need
from yiwang.cases.review_forms import chosen, conclude_form, convene_form, meets_at, opine_form
from yiwang.cases.states import Reviewed, Stance
from yiwang.cases.views.desk import staff_of
from yiwang.cases.views.task import open_here, try_it
from yiwang.ui.audiences import desk


@desk("cases.convene")
@require_POST
def convene_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Call the departments together."""
    here = open_here(request, id)
    form = convene_form().typed(request.POST)

    def act() -> None:
        actions.convene(
            here.task.case_id, meets_at=meets_at(form), place=form.value("place"),
            materials=form.value("materials"), staff=staff_of(request),
        )  # fmt: skip

    return try_it(here, form, act, "convened")


@desk("cases.opine")
@require_POST
def opine_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give the department's opinion."""
    here = open_here(request, id)
    form = chosen(opine_form().typed(request.POST), "stance")
    stance = form.value("stance")
    if stance and stance != Stance.AGREE:
        form = need(form, "words")

    def act() -> None:
        actions.opine(
            here.task.case_id, stance=Stance(stance), words=form.value("words"),
            staff=staff_of(request),
        )  # fmt: skip

    return try_it(here, form, act, "opined")


@desk("cases.convene")
@require_POST
def conclude_it(request: HttpRequest, id: UUID) -> HttpResponse:
    """Record the minutes and the outcome."""
    here = open_here(request, id)
    form = need(chosen(conclude_form().typed(request.POST), "outcome"), "minutes")

    def act() -> None:
        actions.conclude(
            here.task.case_id, outcome=Reviewed(form.value("outcome")),
            minutes=form.value("minutes"), staff=staff_of(request),
        )  # fmt: skip

    return try_it(here, form, act, "concluded")
