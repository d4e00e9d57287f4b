"""What this room fills in below: its kinds, its procedures, its followers."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from yiwang.cases import roots
from yiwang.cases.matters import uses
from yiwang.cases.panels import PANELS
from yiwang.cases.procedures import PROCEDURES
from yiwang.catalogue.guide import GUIDES
from yiwang.files.readers import READERS
from yiwang.kernel.words import Text
from yiwang.pack.queries import current
from yiwang.registers.declarations import Register
from yiwang.registers.followers import ANSWERED, ITEMS, LOOKS, MATTERS, PURPOSES, Matter
from yiwang.search.documents import SOURCES, Source
from yiwang.services import checks, documents, guides, obstacles, search
from yiwang.services.declarations import Bundle, Service
from yiwang.services.follow import take_up
from yiwang.services.plan import made_of, plan_of
from yiwang.services.procedure import BundleProcedure, ServiceProcedure
from yiwang.services.views import desk
from yiwang.stewardship.needs import ITEMS as NEEDS
from yiwang.stewardship.needs import Items


def join() -> None:
    """Called once, when the apps are ready."""
    checks.declare_kinds()
    obstacles.declare_kind()
    PROCEDURES.add("service", _SERVICE)
    PROCEDURES.add("bundle", _BUNDLE)
    PANELS.add("service", desk.panel)
    GUIDES.add("service", guides.guides)
    SOURCES.add("bundle", _BUNDLES)
    SOURCES.add("course", _COURSES)
    SOURCES.add("item", _ITEMS)
    READERS.add("services", documents.may_read)
    ANSWERED.add("services", take_up)
    PURPOSES.add("services", purpose)
    ITEMS.add("services", items_served)
    NEEDS.add("services", Items(of=items_of, reads=elements_read))
    MATTERS.add("services", matters)
    LOOKS.add("task.opened", Text(zh="工作人员打开了你的办件", en="staff opened your matter"))
    LOOKS.add("case.opened", Text(zh="工作人员查看了你的办件", en="staff looked at your matter"))
    LOOKS.add("file.read", Text(zh="工作人员打开了你的材料", en="staff opened your document"))


def purpose(recorded: str) -> Text | None:
    """`bundle:newborn` in words."""
    kind, _, what = recorded.partition(":")
    model = {"bundle": Bundle, "service": Service}.get(kind)
    found = current().all(model).get(what) if model else None
    return found.title if found else None


def items_served(recorded: str) -> Collection[str] | None:
    """The items of `bundle:newborn`; of `service:street-permit` that one."""
    kind, _, what = recorded.partition(":")
    if kind == "bundle" and (bundle := current().all(Bundle).get(what)):
        return [one.service for one in bundle.items]
    return [what] if kind == "service" and what in current().all(Service) else None


def items_of(department: str) -> dict[str, Text]:
    """The items a department handles, by id."""
    declared = current().all(Service).values()
    return {one.id: one.title for one in declared if one.department == department}


def elements_read(item: str) -> frozenset[str]:
    """Every element an item reads, derived ones taken apart, and what tells who is who."""
    pack = current()
    if item not in pack.all(Service):
        return frozenset()
    plan = plan_of(pack, item, "service")
    read = {one.element for column in plan.by_id[item].needs()
            for one in (column, *made_of(pack, column))}  # fmt: skip
    for role in plan.parties:
        for finding in plan.findings(role):
            columns = pack.get(Register, finding.register_).columns
            read |= {columns[name] for name in (*finding.by, *finding.gives.values())}
    return frozenset(read)


def matters(cases: Collection[UUID], person: UUID) -> dict[UUID, Matter]:
    """Those of `cases` this person applied for: number, title, and where to open them.

    Somebody else's matter stays unnamed, though data about this person was read in it.
    """
    return {
        one.id: Matter(
            one.root.number,
            purpose(f"{one.kind}:{one.what}") or Text(zh="", en=""),
            reverse("services:matter", args=[one.root.number]),
        )
        for one in roots.applied_by(cases, person)
    }


_SERVICE, _BUNDLE = ServiceProcedure(), BundleProcedure()
_BUNDLES = Source(search.bundles, uses)
_COURSES = Source(search.courses)
_ITEMS = Source(search.items, uses)
