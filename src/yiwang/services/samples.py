"""What the result of an item looks like, with invented values: from its declaration alone. Pure.

Nobody's data are in it. Where no value can be invented that one could not mistake for somebody's,
the line is blanked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.identity.declarations import City, Department
from yiwang.kernel.words import spoken
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element
from yiwang.registers.values import shown
from yiwang.services.declarations import Numbering, Service

BLANK = "＊＊＊"
_DAY = date(2026, 1, 1)
_BY_TYPE: dict[str, object] = {
    "integer": 1, "decimal": Decimal(100), "money": Decimal(10_000), "date": _DAY,
    "boolean": True,
}  # fmt: skip
_SERIAL = 1
_IDENTIFY = ("identity-number", "credit-code", "phone", "email", "bank-account")


@dataclass(frozen=True)
class Sample:
    """What the result looks like: its title, who issues it, what stands on it with an invented
    value each."""

    title: str
    issuer: str
    lines: tuple[tuple[str, str], ...]
    about: str


def sample_of(pack: Pack, service: Service) -> Sample | None:
    """The sample of a licence, or of a document the item says it gives; None for a result of which
    there is nothing to look at (money, an entry in a register)."""
    kind = pack.all(LicenceKind).get(service.result.licence or "")
    if kind is not None:
        return _licence(pack, service, kind)
    return _document(pack, service) if service.guide.result_type == "document" else None


def sample_address(pack: Pack, service: Service) -> str | None:
    """Where the sample is shown: a place on the item's own guide."""
    if sample_of(pack, service) is None:
        return None
    return reverse("services:service", args=[service.id]) + "#sample"


def _licence(pack: Pack, service: Service, kind: LicenceKind) -> Sample:
    number = (gettext("Number"), _number(pack, kind.number))
    issuer = pack.all(Department).get(kind.issuer)
    return Sample(
        title=str(kind.title),
        issuer=str(issuer.title) if issuer else "",
        lines=(number, *_lines(pack, service, kind.fields)),
        about=str(kind.about),
    )


def _document(pack: Pack, service: Service) -> Sample:
    """A letter of the office: whom it is about, what it says, its number."""
    office = pack.all(Department).get(service.department)
    named = [one.element.partition(".")[2] for one in service.asks]
    given = [one.partition(".")[2] for one in service.result.produces]
    stated = (id for id in (*named, *given) if not id.startswith(("agrees", "contact")))
    return Sample(
        title=str(service.result.title or service.title),
        issuer=str(office.title) if office else "",
        lines=_lines(pack, service, tuple(dict.fromkeys(stated))),
        about="",
    )


def _lines(pack: Pack, service: Service, ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    elements, numbers = pack.all(Element), _numbers(pack, service)
    return tuple(
        (str(elements[id].title), numbers.get(id) or _invented(elements[id]))
        for id in ids
        if id in elements
    )


def _numbers(pack: Pack, service: Service) -> dict[str, str]:
    """The running numbers the item gives out, as the first one would look."""
    return {
        name.partition(".")[2]: _number(pack, made.pattern)
        for name, made in service.result.produces.items()
        if isinstance(made, Numbering) and made.pattern
    }


def _number(pack: Pack, pattern: str) -> str:
    city = next(iter(pack.all(City).values()), None)
    region = city.region_code if city else ""
    return pattern.format(year=_DAY.year, region=region, serial=_SERIAL)


def _invented(element: Element) -> str:
    if element.format in _IDENTIFY:
        return BLANK
    if element.codes:
        return str(next(iter(element.codes.values())))
    example = element.ask.example if element.ask else ""
    if element.type == "text":
        return example or BLANK
    value = Decimal(example) if example.isdecimal() else _BY_TYPE.get(element.type)
    return shown(element, value, spoken()) or BLANK
