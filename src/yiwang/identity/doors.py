"""What the rooms below learn from this one: the city, who is signed in, how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yiwang.identity.declarations import City as DeclaredCity
from yiwang.identity.models import Account
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text
from yiwang.notices import contacts
from yiwang.pack.queries import current
from yiwang.ui import city, places


def open_doors() -> None:
    """Fill the registries of the rooms below."""
    city.provide(the_city)
    contacts.provide(contacts_of)
    places.greet(name_of)
    places.place("my.me", "identity:me", shown=_is_person)
    places.place("link.sign_in", "identity:sign_in")
    places.place("link.sign_out", "identity:sign_out")
    places.place("link.switch", "identity:demo", shown=lambda request: settings.DEMO)


def the_city() -> city.City | None:
    """How pages show the city of the loaded pack; None before any is loaded."""
    try:
        declared = current().only(DeclaredCity)
    except (YiwangError, StopIteration):
        return None
    title = Text(zh=f"{declared.title.zh}一网通办", en=f"{declared.title.en} city services")
    return city.City(declared.title, title, declared.title.zh[:1], declared.hotline)


def contacts_of(ids: Iterable[UUID]) -> dict[UUID, contacts.Contact]:
    """How to reach persons and staff: by the id of the person or of the member of staff."""
    wanted = list(ids)
    found = Account.objects.filter(is_active=True)
    rows = found.filter(person__in=wanted) | found.filter(staff__in=wanted)
    return {
        row.person_id or row.staff_id: contacts.Contact(row.phone, row.email, row.language)
        for row in rows
    }


def name_of(request: HttpRequest) -> str:
    """The name shown for whoever is signed in."""
    known = getattr(request, "person", None) or getattr(request, "staff", None)
    return (known.name if known else "") or str(_("Me"))


def _is_person(request: HttpRequest) -> bool:
    return getattr(request, "person", None) is not None
