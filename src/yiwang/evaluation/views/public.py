"""What everything takes: the same pages for the bureau and for everybody."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.evaluation.effects import Effect, effects
from yiwang.evaluation.effects import effect as effect_of
from yiwang.evaluation.queries import against_targets, latest
from yiwang.kernel.words import spoken
from yiwang.pack.queries import current
from yiwang.services.pages.effect import lines, share
from yiwang.ui.audiences import public

CSV = (
    "kind", "id", "title", "steps_before", "steps_now", "days_before", "days_promised",
    "days_median", "days_p90", "days_whole_median", "materials_before", "materials_usual",
    "materials_at_most", "visits_before", "visits_now", "forms_before", "forms_now", "sent",
    "ended", "granted", "at_once", "asked_more", "at_counter",
)  # fmt: skip


@public
@require_safe
def effect(request: HttpRequest) -> HttpResponse:
    """All bundles and items on one page, targets first."""
    pack, measured = current(), latest()
    context = {
        "at": measured.at,
        "targets": against_targets(pack, measured),
        "bundles": [_row(one) for one in effects(pack, measured.by_what, "bundle")],
        "services": [_row(one) for one in effects(pack, measured.by_what, "service")],
    }
    return render(request, "evaluation/effect.html", context)


@public
@require_safe
def bundle(request: HttpRequest, id: str) -> HttpResponse:
    """One bundle and the items in it."""
    return _one(request, "bundle", id)


@public
@require_safe
def service(request: HttpRequest, id: str) -> HttpResponse:
    """One item."""
    return _one(request, "service", id)


@public
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet (UTF-8 with a mark, so that it opens as it should)."""
    pack, measured = current(), latest()
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="effect.csv"'
    writer = csv.writer(response)
    writer.writerow(CSV)
    for kind in ("bundle", "service"):
        writer.writerows(_cells(one) for one in effects(pack, measured.by_what, kind))
    return response


def _one(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    pack, measured = current(), latest()
    found = effect_of(pack, measured.by_what, kind, id)
    context = {
        "one": found,
        "lines": lines(found.before, found.effort, found.measure),
        "row": _row(found),
        "at": measured.at,
    }
    return render(request, "evaluation/one.html", context)


def _row(one: Effect) -> dict[str, object]:
    fact = one.measure
    return {
        "one": one,
        "fact": fact,
        "at_once": share(fact.at_once, fact.sent) if fact else None,
        "counter": share(fact.at_counter, fact.sent) if fact else None,
        "asked": share(fact.asked_more, fact.sent) if fact else None,
        "granted": share(fact.granted, fact.ended) if fact else None,
    }


def _cells(one: Effect) -> list[object]:
    was, now, fact = one.before, one.effort, one.measure

    def of(source: object, *names: str) -> list[object]:
        return [getattr(source, name) if source else "" for name in names]

    return [
        one.kind, one.id, one.title.say(spoken()),
        *of(was, "steps"), now.steps,
        *of(was, "days"), now.promise.days,
        *of(fact, "median_days", "p90_days", "median_whole"),
        *of(was, "materials"), now.usual, now.most,
        *of(was, "visits"), now.visits, *of(was, "forms"), now.forms,
        *of(fact, "sent", "ended", "granted", "at_once", "asked_more", "at_counter"),
    ]  # fmt: skip
