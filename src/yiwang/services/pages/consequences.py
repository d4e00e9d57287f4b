"""What a grant will do, one sentence each, said before it is done."""

from __future__ import annotations

from django.utils.translation import gettext

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.kernel.words import Text, spoken
from yiwang.licences.declarations import LicenceKind
from yiwang.services.item import CASE
from yiwang.services.matter import Matter
from yiwang.services.pages.clearance import Clearance
from yiwang.services.pages.naming import titled
from yiwang.services.queries import plan_for


def consequences(seen: Clearance, case: Case) -> tuple[str, ...]:
    """Licence, numbers, registers, guardians, items set free, the message."""
    return (
        *_licence(seen),
        *_produced(seen),
        *_registers(seen),
        *_guardians(seen),
        *_freed(case),
        gettext("The applicant is told at once."),
    )


def _licence(seen: Clearance) -> list[str]:
    result, matter = seen.item.service.result, seen.matter
    if result.licence is None:
        return []
    kind = matter.plan.pack.get(LicenceKind, result.licence)
    words = {"licence": kind.title, "holder": whose(seen, seen.item.holder)}
    return [gettext("Issues “%(licence)s” to %(holder)s") % words]


def _produced(seen: Clearance) -> list[str]:
    known = [column for column in seen.item.produces if seen.env.get(column) is None]
    titles = [str(seen.matter.plan.elements[column.element].title) for column in known]
    return [gettext("Settles: %(titles)s") % {"titles": _listed(titles)}] if titles else []


def _registers(seen: Clearance) -> list[str]:
    return [
        gettext("Writes into the register “%(register)s”") % {"register": one}
        for one in dict.fromkeys(_written(seen))
    ]


def _written(seen: Clearance) -> list[Text]:
    """The registers written into, where nothing known speaks against it."""
    on = seen.matter.on
    return [
        one.register.title
        for one in seen.item.writes
        if one.when is None or one.when.value(seen.env, on=on) is not False
    ]


def _guardians(seen: Clearance) -> list[str]:
    found = []
    for ward, guardians in seen.item.guardians.items():
        there = [str(whose(seen, one)) for one in guardians if _is_there(seen.matter, one)]
        words = {"guardians": _listed(there), "ward": whose(seen, ward)}
        found.append(gettext("%(guardians)s may act for %(ward)s from now on") % words)
    return found


def _freed(case: Case) -> list[str]:
    if case.root_id == case.id:
        return []
    plan = plan_for(case.root)
    titles = [str(plan.by_id[one.what].service.title) for one in roots.waiting_for(case)]
    return [gettext("Lets begin: %(titles)s") % {"titles": _listed(titles)}] if titles else []


def whose(seen: Clearance, role: str) -> Text | str:
    """Who plays a role in this item's case: by name where known, else by title."""
    at = seen.matter.index_for(seen.item, role, seen.index)
    known = seen.matter.facts.get((role, at, "name", ""))
    if known is not None and known.usable and role != CASE:
        return str(known.usable)
    return titled(seen.matter, role, at)


def _is_there(matter: Matter, role: str) -> bool:
    member = matter.member(role)
    return member is not None and member.person is not None


def _listed(words: list[str]) -> str:
    return ("、" if spoken() == "zh" else ", ").join(words)
