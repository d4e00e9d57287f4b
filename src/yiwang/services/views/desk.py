"""The service panel of the task page: what one department needs to decide its item."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from yiwang.cases.models import Case, Task
from yiwang.cases.panels import Panel
from yiwang.identity.models import Staff
from yiwang.pack.declaration import Basis
from yiwang.payments.pages import lines
from yiwang.payments.queries import bills_in
from yiwang.registers import dictionary
from yiwang.registers.grants import basis_text
from yiwang.services.giving import stated
from yiwang.services.matter import Ask
from yiwang.services.pages.clearance import Clearance, standing_of
from yiwang.services.pages.consequences import consequences, whose
from yiwang.services.pages.judged import askables, conditions, documents, grounds, why_here
from yiwang.services.pages.questions import field_for
from yiwang.services.projects import project_of
from yiwang.services.queries import load
from yiwang.ui.fields import Field


def panel(case: Case, task: Task | None, staff: Staff) -> Panel:
    """The panel of a service item, with only what the department of `case` may see."""
    matter = load(case.root)
    seen = Clearance(matter, matter.plan.by_id[case.what], case.index, case.department)
    standing = standing_of(seen)
    context = {
        "conditions": conditions(seen, standing),
        "documents": documents(seen, standing),
        "groups": seen.groups(),
        "item": seen.item.service,
        "project": project_of(case.root_id),
        "bills": lines(bills_in([case.id])),
    }
    return Panel(
        template="services/desk/panel.html",
        context=context,
        subject=_subject(seen),
        people=_people(seen),
        why=why_here(seen, standing) if task is not None else (),
        laws=tuple(_law(basis) for basis in seen.item.service.basis),
        asks=askables(seen, standing),
        grounds=grounds(standing),
        fills=_fills(seen),
        gives=consequences(seen, case),
    )


def _law(basis: Basis) -> str:
    """A law and its article, with what it says where that is declared."""
    cited = str(basis_text(basis))
    return f"{cited}: {basis.says}" if basis.says else cited


def _subject(seen: Clearance) -> str:
    """Whom this case is about, where the item has one for each of several."""
    return str(whose(seen, seen.item.per)) if seen.item.per else ""


def _people(seen: Clearance) -> frozenset[UUID]:
    """Everybody whose data the panel shows."""
    return frozenset(
        member.person
        for role in seen.item.roles.values()
        for at in seen.matter.indexes_for(seen.item, role, seen.index)
        if (member := seen.matter.member(role, at)) and member.person
    )


def _fills(seen: Clearance) -> tuple[Field, ...]:
    """The values stated with a grant, as the formulas propose them."""
    proposed = stated(seen.matter, seen.item, seen.env, None)
    fields = []
    for column, value in proposed.items():
        at = seen.matter.index_for(seen.item, column.party, seen.index)
        field = field_for(seen.matter, Ask(column, at), value=dictionary.to_json(value))
        fields.append(replace(field, name=str(column)))
    return tuple(fields)
