"""The signed-in person's own account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yiwang.identity.models import Account, Mandate
from yiwang.identity.queries import mandates_of, represented_by
from yiwang.kernel.words import Text
from yiwang.ui.audiences import signed_in
from yiwang.ui.formats import day, masked_number, masked_phone
from yiwang.ui.parts import Row

GROUNDS = {
    Mandate.Ground.GUARDIAN: Text(zh="监护人", en="Guardian"),
    Mandate.Ground.LEGAL_REPRESENTATIVE: Text(zh="法定代表人", en="Legal representative"),
    Mandate.Ground.AGENT: Text(zh="委托代理人", en="Agent by mandate"),
}


@signed_in
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I am reached, who I act for and who acts for me."""
    person = request.person  # type: ignore[attr-defined]
    context = {
        "rows": _about(request.user),
        "acting": [_mandate(one, one.person or one.organisation) for one in mandates_of(person)],
        "represented": [_mandate(one, one.agent) for one in represented_by(person)],
    }
    return render(request, "identity/me.html", context)


def _about(account: Account) -> list[Row]:
    person = account.person
    assert person is not None
    nothing = gettext("Not given")
    return [
        Row(gettext("Name"), person.name or nothing),
        Row(gettext("Identity number"), masked_number(person.id_number or "") or nothing),
        Row(gettext("Mobile phone"), masked_phone(account.phone) or nothing),
        Row(gettext("E-mail"), account.email or nothing),
        Row(gettext("User name"), account.username),
        Row(gettext("Language of messages"), dict(settings.LANGUAGES).get(account.language, "")),
    ]


def _mandate(mandate: Mandate, other: object) -> Row:
    until = mandate.until
    words = Text(zh="{ground}，{since}起", en="{ground}, since {since}")
    if until is not None:
        words = Text(zh="{ground}，{since}至{until}", en="{ground}, {since} to {until}")
    ground = GROUNDS[Mandate.Ground(mandate.ground)]
    said = words.filled(ground=ground, since=day(mandate.since), until=day(until))
    return Row(getattr(other, "name", "") or gettext("Not given"), str(said), source=mandate.basis)
