"""Licences as their holders see them: cards and rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from yiwang.identity.declarations import Department
from yiwang.kernel import moment
from yiwang.kernel.words import Text, spoken
from yiwang.licences.declarations import LicenceKind
from yiwang.licences.models import Licence
from yiwang.licences.queries import Pocket
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element
from yiwang.registers.dictionary import from_json, shown
from yiwang.registers.followers import Matter
from yiwang.ui.formats import day
from yiwang.ui.parts import Card, Row

TONES = {"red": "plum", "blue": "river", "green": "leaf", "gold": "amber", "grey": "slate"}


def kind_title(pack: Pack, licence: Licence) -> Text:
    """What kind of licence it is, in words."""
    kind = pack.all(LicenceKind).get(licence.kind)
    return kind.title if kind else Text(zh=licence.kind, en=licence.kind)


def issuer_title(pack: Pack, licence: Licence) -> Text:
    """Who issues this kind of licence."""
    kind = pack.all(LicenceKind).get(licence.kind)
    office = pack.all(Department).get(kind.issuer) if kind else None
    return office.title if office else Text(zh="", en="")


def holder_name(licence: Licence) -> str:
    """Whose licence it is: the name it states, else the name we know."""
    holder = licence.holder or licence.organisation
    return str(licence.fields.get("name") or (holder.name if holder else ""))


def state_words(licence: Licence) -> str:
    """What keeps a licence from holding today, in words; empty where it holds."""
    return {
        "suspended": gettext("Suspended"),
        "revoked": gettext("Revoked"),
        "expired": gettext("Expired"),
    }.get(licence.standing(moment.today()), "")


def card(pack: Pack, licence: Licence, *, linked: bool = True) -> Card:
    """A licence as a card of the wallet."""
    kind = pack.all(LicenceKind).get(licence.kind)
    return Card(
        title=kind_title(pack, licence),
        holder=holder_name(licence),
        number=licence.number,
        issuer=issuer_title(pack, licence),
        issued=licence.issued_on,
        expires=licence.until,
        url=reverse("licences:licence", args=[licence.id]) if linked else "",
        tone=TONES[kind.colour] if kind else "slate",
        state=state_words(licence),
    )


def cards(pack: Pack, licences: Iterable[Licence]) -> list[Card]:
    """Cards of a pocket: what holds comes first, then the newest."""
    return sorted((card(pack, one) for one in licences), key=lambda one: bool(one.state))


def rows(pack: Pack, licence: Licence) -> list[Row]:
    """What a licence states, in the order its kind declares."""
    kind = pack.all(LicenceKind).get(licence.kind)
    elements = pack.all(Element)
    order = [*(kind.fields if kind else ()), *licence.fields]
    return [
        Row(elements[id].title, _value(elements[id], licence.fields[id], pack))
        for id in dict.fromkeys(order)
        if id in elements and licence.fields.get(id) is not None
    ]


def about(pack: Pack, licence: Licence, matter: Matter | None) -> list[Row]:
    """Number, who issued it, from when until when, and the matter it came from."""
    found = [
        Row(gettext("Number"), licence.number),
        Row(gettext("Issued by"), issuer_title(pack, licence)),
        Row(gettext("Issued on"), day(licence.issued_on)),
        Row(gettext("Valid until"), day(licence.until) or gettext("no end")),
    ]
    if matter is not None:
        words = f"{matter.title} {matter.number}".strip()
        link = format_html('<a href="{}">{}</a>', matter.url, words) if matter.url else words
        found.append(Row(gettext("From the matter"), link))
    return found


def heading(pocket: Pocket) -> str:
    """Whose part of the wallet it is."""
    if pocket.ground == "self":
        return gettext("Mine")
    name = pocket.holder.name or gettext("A child without a name yet")
    if pocket.ground == "guardian":
        return gettext("%(name)s, whose guardian you are") % {"name": name}
    return gettext("%(name)s, which you represent") % {"name": name}


def _value(element: Element, json: object, pack: Pack) -> str:
    try:
        return shown(element, from_json(element, json), spoken(), pack=pack)
    except ValueError:
        return str(json)
