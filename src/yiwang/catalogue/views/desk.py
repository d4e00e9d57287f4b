"""The bureau's page of quality: a score for each office, opening into what is found."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yiwang.catalogue.guide import Guide
from yiwang.catalogue.quality import CRITERIA, all_judged, by_office, score
from yiwang.catalogue.queries import guides
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.ui.audiences import desk
from yiwang.ui.parts import PageOf

ON_A_PAGE = 50
NOBODY = "-"
NO_SUCH_OFFICE = Text(
    zh="没有这个部门的事项。请从部门列表进入。",
    en="No office of this name has items. Begin at the list.",
)


@require_GET
@desk("packs.view")
def quality(request: HttpRequest) -> HttpResponse:
    """Every office with its score, the worst first."""
    offices = _offices(current())
    rows = [
        {"id": id or NOBODY, "title": _title(mine), "score": score(mine)}
        for id, mine in offices.items()
    ]
    rows.sort(key=lambda row: (row["score"].percent is None, row["score"].percent, row["id"]))
    page, shown = _paged(request, rows)
    whole = score([one for mine in offices.values() for one in mine])
    return render(request, "catalogue/quality.html", {"rows": shown, "page": page, "whole": whole})


@require_GET
@desk("packs.view")
def quality_of(request: HttpRequest, office: str) -> HttpResponse:
    """What is found in the guides of one office, item by item; `?show=failed` leaves out what the
    source does not tell."""
    mine = _offices(current()).get("" if office == NOBODY else office)
    if mine is None:
        raise NotFound(NO_SUCH_OFFICE)
    only = request.GET.get("show") == "failed"
    titles = {one.code: one.title for one in CRITERIA}
    found = [
        {"guide": guide, "verdict": one, "criterion": titles[one.criterion]}
        for guide, one in all_judged(mine)
        if one.state == "failed" or (one.state == "not-told" and not only)
    ]
    page, shown = _paged(request, found)
    told = {
        "title": _title(mine), "office": office, "score": score(mine), "rows": shown, "page": page,
        "only": only,
    }  # fmt: skip
    return render(request, "catalogue/quality_of.html", told)


@require_GET
@desk("packs.view")
def quality_table(request: HttpRequest) -> HttpResponse:
    """Every finding as CSV for a spreadsheet."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="quality.csv"'
    out = csv.writer(answer)
    out.writerow(["office", "office_title", "item", "title", "criterion", "state", "field", "what",
                  "remedy"])  # fmt: skip
    for id, mine in _offices(current()).items():
        for guide, one in all_judged(mine):
            if one.state != "passed":
                out.writerow([_cell(cell) for cell in (
                    id, _title(mine), guide.id, guide.title, one.criterion, one.state, one.field,
                    one.what, one.remedy,
                )])  # fmt: skip
    return answer


def _offices(pack: Pack) -> dict[str, list[Guide]]:
    return pack.memo("catalogue.by_office", lambda pack: by_office(guides(pack).values()))


def _title(mine: Sequence[Guide]) -> Text | str:
    return mine[0].office.title if mine[0].office else gettext("Of no office")


def _cell(value: object) -> str:
    """A cell no spreadsheet takes for a formula: exports hold whatever somebody typed."""
    words = str(value)
    return f"'{words}" if words[:1] in "=+-@\t\r" and words[:1] else words


def _paged(request: HttpRequest, rows: list[dict]) -> tuple[PageOf, list[dict]]:
    """The page asked for, the nearest there is where it is no page."""
    last = max(1, -(-len(rows) // ON_A_PAGE))
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() else 1
    show = "?show=failed&" if request.GET.get("show") == "failed" else "?"
    return PageOf(number, last, show), rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
