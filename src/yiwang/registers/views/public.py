"""The catalogue of registers, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.registers.catalogue import (
    TONES,
    accesses,
    columns_of,
    lines,
    sharing_meaning,
    sharing_words,
    title_of,
)
from yiwang.registers.declarations import Register
from yiwang.registers.grants import basis_text
from yiwang.registers.queries import given_grants, qualities
from yiwang.ui.audiences import public

NO_SUCH = Text(
    zh="没有这个登记库。请从目录里选择。",
    en="There is no such register. Choose one from the catalogue.",
)


@public
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All registers: who keeps them, what they hold, who may read them."""
    find = request.GET.get("find", "")[:40]
    pack = current()
    context = {
        "lines": lines(pack, qualities(), find),
        "find": find,
        "total": len(pack.all(Register)),
    }
    return render(request, "registers/registers.html", context)


@public
@require_safe
def register(request: HttpRequest, id: str) -> HttpResponse:
    """One register: its columns, its rules of sharing, the grants in force, its quality."""
    pack = current()
    found = pack.all(Register).get(id)
    if found is None:
        raise NotFound(NO_SUCH)
    quality = qualities().get(id)
    context = {
        "register": found,
        "steward": title_of(pack, found.steward),
        "sharing": sharing_words(found),
        "meaning": sharing_meaning(found),
        "tone": TONES[found.sharing],
        "columns": columns_of(found, pack, quality),
        "accesses": accesses(found, pack, given_grants(register=id)),
        "quality": quality,
        "law": basis_text(found.basis),
        "elsewhere": found.source.kind != "table",
    }
    return render(request, "registers/register.html", context)
