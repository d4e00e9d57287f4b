"""`/api/v1/`: what the city offers, for everyone; and what is mine, for a person's own session."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Path, Query, Router

from yiwang.cases.matters import items_of, matters_of
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.identity.declarations import Department
from yiwang.kernel import moment
from yiwang.licences.declarations import LicenceKind
from yiwang.licences.models import Licence
from yiwang.licences.queries import Pocket, wallet
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.services import shapes
from yiwang.services.declarations import Bundle, Condition, Material, Service
from yiwang.services.outline import outline
from yiwang.services.pages.standing import ItemCard, standing_of
from yiwang.services.plan import plan_of
from yiwang.services.queries import load, plan_for
from yiwang.services.views.whose import my_root, person_of
from yiwang.ui.audiences import machine, machine_of_person

ON_A_PAGE = 20
Id = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9-]*$", max_length=64)]
Number = Annotated[str, Path(pattern="^[A-Za-z0-9-]+$", max_length=40)]
WRONG = {422: shapes.Failure}
ONE = {404: shapes.Failure, **WRONG}
MINE = {401: shapes.Failure, 403: shapes.Failure}

router = Router()


@router.get("/bundles", response=list[shapes.BundleShape], tags=["city"])
@machine(None)
def bundles(request: HttpRequest) -> list[shapes.BundleShape]:
    """Every thing that can be done once, in the order the city lists them."""
    pack = current()
    return [_bundle(pack, one) for one in pack.all(Bundle).values()]


@router.get("/bundles/{id}", response={200: shapes.BundleShape, **ONE}, tags=["city"])
@machine(None)
def bundle(request: HttpRequest, id: Id) -> shapes.BundleShape:
    """One bundle."""
    pack = current()
    return _bundle(pack, pack.get(Bundle, id))


@router.get("/bundles/{id}/plan", response={200: shapes.PlanShape, **ONE}, tags=["city"],
            by_alias=True)  # fmt: skip
@machine(None)
def bundle_plan(request: HttpRequest, id: Id) -> dict[str, Any]:
    """What merging its items works out: questions, documents, reads, order, days."""
    pack = current()
    return outline(plan_of(pack, pack.get(Bundle, id).id, "bundle"))


@router.get("/services", response=list[shapes.ServiceLine], tags=["city"])
@machine(None)
def services(request: HttpRequest) -> list[shapes.ServiceLine]:
    """Every service item."""
    return [shapes.ServiceLine(**_line(one)) for one in current().all(Service).values()]


@router.get("/services/{id}", response={200: shapes.ServiceShape, **ONE}, tags=["city"])
@machine(None)
def service(request: HttpRequest, id: Id) -> shapes.ServiceShape:
    """One service item with its conditions and documents."""
    one = current().get(Service, id)
    return shapes.ServiceShape(
        **_line(one),
        statutory=_days(one.limits.statutory),
        fee=one.fee,
        visits=one.visits,
        channels=list(one.channels),
        per=one.per,
        instant=one.instant is not None,
        conditions=[_condition(it) for it in one.conditions],
        materials=[_material(it) for it in one.materials],
        gives=one.result.licence,
    )


@router.get("/departments", response=list[shapes.DepartmentShape], tags=["city"])
@machine(None)
def departments(request: HttpRequest) -> list[shapes.DepartmentShape]:
    """Every office, with how to reach it."""
    found = current().all(Department).values()
    return [shapes.DepartmentShape.model_validate(one) for one in found]


@router.get("/my/matters", response={200: shapes.MatterPageShape, **MINE, **WRONG}, tags=["mine"])
@machine_of_person
def my_matters(
    request: HttpRequest, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> shapes.MatterPageShape:
    """My matters: drafts first, then what is under way, then the rest; 20 on a page."""
    found = Paginator(matters_of(person_of(request).id), ON_A_PAGE)
    shown = found.get_page(page)
    return shapes.MatterPageShape(
        matters=[shapes.MatterLine(**_matter(root)) for root in shown.object_list],
        page=shown.number,
        pages=found.num_pages,
    )


@router.get("/my/matters/{number}", response={200: shapes.MatterShape, **MINE, **ONE},
            tags=["mine"])  # fmt: skip
@machine_of_person
def my_matter(request: HttpRequest, number: Number) -> shapes.MatterShape:
    """One matter of mine: where it and each of its items stand, and by when."""
    root = my_root(request, number)
    if root.state == State.DRAFT:
        return shapes.MatterShape(**_matter(root), due=None, items=[])
    standing = standing_of(root, load(root))
    cards = {card.id: card for card in standing.items}
    return shapes.MatterShape(
        **_matter(root),
        due=_due(standing),
        items=[_item(case, cards[case.id]) for case in items_of(root)],
    )


@router.get("/my/licences", response={200: list[shapes.LicenceShape], **MINE}, tags=["mine"])
@machine_of_person
def my_licences(request: HttpRequest) -> list[shapes.LicenceShape]:
    """My licences, and those of children and firms I represent."""
    pack = current()
    return [
        _licence(pack, pocket, one)
        for pocket in wallet(person_of(request))
        for one in pocket.licences
        if one.kind in pack.all(LicenceKind)
    ]


# ---- from declarations and rows to shapes ------------------------------------------------------


def _days(limit: Any) -> shapes.Days:
    return shapes.Days(days=limit.days, count=limit.count)


def _bundle(pack: Pack, one: Bundle) -> shapes.BundleShape:
    items = [pack.get(Service, item.service) for item in one.items]
    return shapes.BundleShape(
        id=one.id,
        title=one.title,
        summary=one.summary,
        life_event=one.life_event,
        lead=one.lead,
        applicant=list(one.applicant),
        promise=_days(one.promise),
        items=[
            shapes.BundleItemShape(service=it.id, title=it.title, department=it.department)
            for it in items
        ],
    )


def _line(one: Service) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "summary": one.summary,
        "department": one.department,
        "type": one.type,
        "audience": one.audience,
        "promised": _days(one.limits.promised),
    }


def _condition(one: Condition) -> shapes.ConditionShape:
    basis = one.basis
    return shapes.ConditionShape(
        id=one.id, title=one.title, law=basis.law, article=basis.article or ""
    )


def _material(one: Material) -> shapes.MaterialShape:
    return shapes.MaterialShape(
        id=one.id, title=one.title, of=one.of, licence=one.licence, upload=one.upload is not None
    )


def _matter(root: Case) -> dict[str, Any]:
    return {
        "number": root.number,
        "kind": root.kind,
        "what": root.what,
        "title": plan_for(root).title,
        "state": root.state,
        "outcome": root.outcome,
        "created_at": root.created_at,
        "sent_at": root.submitted_at,
    }


def _due(standing: Any) -> shapes.DueShape | None:
    return shapes.DueShape.model_validate(standing.due) if standing.due else None


def _item(case: Case, card: ItemCard) -> shapes.MatterItem:
    return shapes.MatterItem(
        number=case.number,
        service=case.what,
        title=plan_for(case.root).by_id[case.what].service.title,
        department=case.department,
        party=case.role,
        index=case.index,
        state=case.state,
        outcome=case.outcome,
        by_rule=case.by_rule,
        due=_due(card),
        decided_at=case.decided_at,
    )


def _licence(pack: Pack, pocket: Pocket, one: Licence) -> shapes.LicenceShape:
    return shapes.LicenceShape(
        id=one.id,
        kind=one.kind,
        title=pack.get(LicenceKind, one.kind).title,
        number=one.number,
        holder=pocket.holder.name,
        ground=pocket.ground,  # type: ignore[arg-type]
        issued_on=one.issued_on,
        until=one.until,
        standing=one.standing(moment.today()),  # type: ignore[arg-type]
        fields=one.fields,
    )
