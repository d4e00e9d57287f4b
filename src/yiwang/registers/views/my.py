"""What was read about me."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yiwang.identity.models import Organisation, Person
from yiwang.kernel import moment
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.registers.beside import beside
from yiwang.registers.bulk import proof_for
from yiwang.registers.bulk_telling import bulk_of, number_of
from yiwang.registers.models import BulkRead
from yiwang.registers.telling import joined, rows_of, states, title_of
from yiwang.registers.uses import Use, registers_read, told, uses_of
from yiwang.registers.whose import wards_of
from yiwang.ui.audiences import signed_in
from yiwang.ui.parts import PageOf

ON_A_PAGE = 10
MOST_EXPORTED = 5000
PIECE = 200
NOT_YOURS = Text(
    zh="只能查看本人、被监护人和您任法定代表人的单位的数据使用记录。",
    en="You can see only who read your own data, that of those you are guardian of, and of firms "
    "you represent by law.",
)


@signed_in
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Every read about me, newest first."""
    whose, pack, register = _whose(request), current(), request.GET.get("register", "")[:64]
    acts = uses_of(whose.id, register=register)
    page = Paginator(acts, ON_A_PAGE).get_page(request.GET.get("page"))
    query = _query(request, whose, register)
    uses = told(page.object_list, _me(request).id, pack)
    more = beside(uses, whose.id, _me(request).id)
    context: dict[str, Any] = {
        "uses": [(title_of(use), [*rows_of(use), *more.get(use.act, ())]) for use in uses],
        "count": page.paginator.count,
        "whose": whose,
        "wards": wards_of(_me(request)),
        "registers": registers_read(whose.id, pack),
        "register": register,
        "page": PageOf(page.number, page.paginator.num_pages, f"?{query}&" if query else "?"),
        "export": f"{reverse('registers:my_data_csv')}?{query}",
    }
    if not register:
        context |= bulk_of(whose, pack)
    return render(request, "registers/my_data.html", context)


@signed_in
@require_GET
def my_bulk(request: HttpRequest) -> HttpResponse:
    """Every bulk read in which I stand, newest first."""
    whose = _whose(request)
    context = bulk_of(whose, current(), page=request.GET.get("page"))
    return render(request, "registers/my_bulk.html", context | {"whose": whose})


@signed_in
@require_GET
def bulk_proof(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file that proves that one was among those a bulk read told of."""
    read, whose = BulkRead.objects.filter(pk=id).first(), _whose(request)
    number = number_of(whose)
    proof = proof_for(read, number) if read is not None and number else None
    if proof is None:
        raise NotFound(NOT_YOURS)
    answer = HttpResponse(proof, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="bulk-{id}.json"'
    return answer


@signed_in
@require_GET
def my_data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table for a spreadsheet, at most 5,000 lines."""
    whose, register = _whose(request), request.GET.get("register", "")[:64]
    with_language = list(
        _lines(whose.id, register, _me(request).id)
    )  # while the person's language is being spoken
    answer = StreamingHttpResponse(with_language, content_type="text/csv; charset=utf-8")
    name = f"my-data-{moment.today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# ---- whose data --------------------------------------------------------------------------------


def _me(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _whose(request: HttpRequest) -> Person | Organisation:
    """Whose data is shown: one's own, or of the ward or firm named by `for`. NotFound for anybody
    else."""
    wanted = request.GET.get("for", "")
    me = _me(request)
    for one in (me, *wards_of(me)) if wanted else (me,):
        if not wanted or str(one.id) == wanted:
            return one
    raise NotFound(NOT_YOURS)


def _query(request: HttpRequest, whose: Person | Organisation, register: str) -> str:
    named = {"for": str(whose.id)} if request.GET.get("for") else {}
    return urlencode({**named, **({"register": register} if register else {})})


# ---- as a table --------------------------------------------------------------------------------


def _lines(whose: UUID, register: str, me: UUID) -> Iterator[str]:
    """Lines of the table, first the byte order mark spreadsheets look for."""
    pack, acts = current(), uses_of(whose, register=register)[:MOST_EXPORTED]
    yield "\ufeff" + _line(
        [
            gettext("When"),
            gettext("Register"),
            gettext("Department"),
            gettext("What for"),
            gettext("Which of your data"),
            gettext("On which law"),
            gettext("What came of it"),
            gettext("Matter number"),
        ]
    )
    shown = list(acts)
    for begin in range(0, len(shown), PIECE):
        for use in told(shown[begin : begin + PIECE], me, pack):
            yield _line(_cells(use))


def _cells(use: Use) -> Sequence[object]:
    return [
        f"{moment.local(use.at):%Y-%m-%d %H:%M}",
        use.register or use.looked,
        joined(use.departments),
        use.purpose,
        joined(use.fields),
        use.basis,
        states()[use.state],
        use.matter.number if use.matter else "",
    ]


def _line(cells: Iterable[object]) -> str:
    """One line of CSV; a cell a spreadsheet would take for a formula is made plain text."""
    out = io.StringIO()
    texts = [str(cell) for cell in cells]
    csv.writer(out).writerow([f"'{one}" if one[:1] in tuple("=+-@\t") else one for one in texts])
    return out.getvalue()
