"""One act and its proof: for everybody by its id, opened for whom it concerns."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.ledger import proofs
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about, told
from yiwang.ui.audiences import public, signed_in
from yiwang.ui.qr import qr_code

NO_ACT = Text(
    zh="没有找到这个行为。请核对地址。",
    en="There is no such act. Check the address.",
)
NOT_YET = Text(
    zh="这个行为刚刚发生，还没有封存。过几秒再来下载。",
    en="This act is only just recorded and not sealed yet. Come back in a few seconds.",
)


@public
@require_safe
def act(request: HttpRequest, id: UUID) -> HttpResponse:
    """What anyone may see of an act, and its proof."""
    return _page(request, _act(id), None)


@public
@require_safe
def act_proof(request: HttpRequest, id: UUID) -> HttpResponse:
    """The proof of an act as a file that tells nobody's name."""
    return _file(_act(id), None)


@signed_in
@require_safe
def my_act(request: HttpRequest, id: UUID) -> HttpResponse:
    """An act that concerns who is signed in, with the code that leads others to its proof."""
    return _page(request, _mine(request, id), request.person.id)  # type: ignore[attr-defined]


@signed_in
@require_safe
def my_act_proof(request: HttpRequest, id: UUID) -> HttpResponse:
    """The proof opened for who is signed in: with what was said, and that it concerns them."""
    return _file(_mine(request, id), request.person.id)  # type: ignore[attr-defined]


def _act(id: UUID) -> Act:
    found = Act.objects.filter(pk=id).first()
    if found is None:
        raise NotFound(NO_ACT)
    return found


def _mine(request: HttpRequest, id: UUID) -> Act:
    found = acts_about(request.person.id).filter(pk=id).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(NO_ACT)
    return found


def _page(request: HttpRequest, found: Act, person: UUID | None) -> HttpResponse:
    address = request.build_absolute_uri(reverse("ledger:act", args=[found.id]))
    context = {
        "act": told(found)["act"],
        "proof": proofs.proof_of(found),
        "mine": person is not None,
        "qr": qr_code(address),
        "address": address,
    }
    return render(request, "ledger/act.html", context)


def _file(found: Act, person: UUID | None) -> HttpResponse:
    proof = proofs.proof_of(found, open_for=person)
    if proof is None:
        raise NotFound(NOT_YET)
    response = HttpResponse(str(proof), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{found.what}-{proof.index}.tlog-proof"'
    )
    return response
