"""My wallet, and one licence of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yiwang.licences import cards
from yiwang.licences.queries import shown_to, wallet
from yiwang.pack.queries import current
from yiwang.registers.followers import matters
from yiwang.ui.audiences import signed_in


@signed_in
@require_GET
def my_wallet(request: HttpRequest) -> HttpResponse:
    """My licences, those of my children, those of firms I represent."""
    pack = current()
    pockets = wallet(request.person)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "pockets": [
            (cards.heading(pocket), cards.cards(pack, pocket.licences)) for pocket in pockets
        ],
        "empty": not any(pocket.licences for pocket in pockets),
    }
    return render(request, "licences/wallet.html", context)


@signed_in
@require_GET
def my_licence(request: HttpRequest, id: UUID) -> HttpResponse:
    """One licence, large, with everything it states."""
    pack, me = current(), request.person  # type: ignore[attr-defined]
    licence = shown_to(me, id)
    known = matters([licence.case], me.id) if licence.case else {}
    context: dict[str, Any] = {
        "title": cards.kind_title(pack, licence),
        "card": cards.card(pack, licence, linked=False),
        "rows": cards.rows(pack, licence),
        "about_rows": cards.about(pack, licence, known.get(licence.case)),
        "state": cards.state_words(licence),
    }
    return render(request, "licences/licence.html", context)
