"""The guides to the items that can be applied for here."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.catalogue.guide import Answer, Guide, Office, Paper
from yiwang.catalogue.published import elements
from yiwang.identity.declarations import City, Department
from yiwang.kernel.words import Text
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Material, Service
from yiwang.services.samples import sample_address

FREE = ("不收费", "免费", "不收费。", "免费。")


def guides(pack: Pack) -> Iterator[Guide]:
    """One for each service, in the order they are declared."""
    for service in pack.all(Service).values():
        yield guide_to(pack, service)


def guide_to(pack: Pack, service: Service) -> Guide:
    """The guide to one service: what it says of itself, then what its department tells."""
    office = pack.all(Department).get(service.department)
    told, chinese = elements(service.guide)
    told["audiences"] = told["audiences"] or (_AUDIENCE[service.audience],)
    told["result_type"] = told["result_type"] or ("licence" if service.result.licence else None)
    told["result_sample"] = told["result_sample"] or sample_address(pack, service)
    for name, own in (_channels(service) | _cost(service)).items():
        told[name] = own if told[name] is None else told[name]
    if office is not None:
        for name, own in _reached(office).items():
            told[name] = told[name] or own
    return Guide(
        id=service.id,
        kind="service",
        title=service.title,
        type=service.type,
        office=Office("department", office.id, office.title) if office else None,
        implements=service.implements,
        level="city",
        summary=service.summary,
        basis=service.basis,
        acceptance=tuple(one.title for one in service.conditions),
        papers=tuple(_paper(one) for one in service.materials),
        statutory=service.limits.statutory,
        promised=service.limits.promised,
        visits=service.visits,
        fee=service.fee,
        result=_result(pack, service),
        questions=tuple(Answer(one.ask, one.answer) for one in service.questions),
        appeal=service.appeal or _appeal(pack),
        chinese=chinese,
        **told,
    )


_AUDIENCE = {"person": "person", "organisation": "company"}


def _channels(service: Service) -> dict[str, bool]:
    return {name: name in service.channels for name in ("online", "counter", "post")}


def _cost(service: Service) -> dict[str, bool | None]:
    """What follows from its charges, which are paid online, and from saying that it is free."""
    if service.charges:
        return {"free": False, "online_payment": True}
    free = service.fee is not None and service.fee.zh in FREE
    return {"free": True if free else None}


def _reached(office: Department) -> dict[str, Text]:
    return {
        "consult": _same(office.phone),
        "complaint": _same(office.complaint_phone),
        "address": office.address,
        "hours": office.hours,
    }


def _same(number: str) -> Text:
    return Text(zh=number, en=number)


def _paper(material: Material) -> Paper:
    conditional = bool(material.when or material.waived_if)
    return Paper(material.title, material.why, material.licence, conditional)


def _result(pack: Pack, service: Service) -> Text | None:
    if service.result.title or not service.result.licence:
        return service.result.title
    kind = pack.all(LicenceKind).get(service.result.licence)
    return kind.title if kind else None


def _appeal(pack: Pack) -> Text | None:
    city = next(iter(pack.all(City).values()), None)
    return city.appeal if city else None
