"""Every read of people, staff and mandates that other rooms may use."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from yiwang.identity.models import Account, Mandate, Organisation, Person, Staff
from yiwang.kernel import moment
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text


def person(id: UUID) -> Person:
    """The person with this id; NotFound where there is none."""
    found = Person.objects.filter(id=id).first()
    if found is None:
        raise NotFound(Text(zh="没有找到这个人。", en="There is no such person."))
    return found


def people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Persons by id; unknown ids are left out."""
    return Person.objects.in_bulk(list(ids))


def person_by_number(id_number: str) -> Person | None:
    """The person with this identity number, if we have met them."""
    return Person.objects.filter(id_number=id_number.strip().upper()).first()


def organisation_by_code(credit_code: str) -> Organisation | None:
    """The organisation with this unified social credit code, if we have met it."""
    return Organisation.objects.filter(credit_code=credit_code.strip().upper()).first()


def staff_member(id: UUID) -> Staff:
    """The member of staff with this id; NotFound where there is none."""
    found = Staff.objects.filter(id=id).first()
    if found is None:
        raise NotFound(Text(zh="没有找到这位工作人员。", en="There is no such member of staff."))
    return found


def staff_of(department: str) -> QuerySet[Staff]:
    """Active staff of a department, by name."""
    return Staff.objects.filter(department=department, active=True).order_by("name", "id")


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of persons, staff and organisations by id, in one query; unknown ids are left out."""
    wanted = list(ids)
    rows = [
        model.objects.filter(id__in=wanted).values_list("id", "name").order_by()
        for model in (Person, Staff, Organisation)
    ]
    return dict(rows[0].union(*rows[1:], all=True)) if wanted else {}


def may_act_for(agent: Person, principal: Person | Organisation, *, service: str) -> Mandate | None:
    """The mandate by which `agent` may act for `principal` in this item today; None: they may not.

    Everyone may act for themselves without one: ask only for somebody else.
    """
    whose = {"person": principal} if isinstance(principal, Person) else {"organisation": principal}
    held = Mandate.objects.holding(moment.today()).in_scope(service)
    return held.filter(agent=agent, **whose).order_by("since", "id").first()


def mandates_of(agent: Person) -> QuerySet[Mandate]:
    """Mandates by which `agent` acts for others today."""
    held = Mandate.objects.holding(moment.today()).filter(agent=agent)
    return held.select_related("person", "organisation").order_by("since", "id")


def firms_of(agent: UUID) -> list[tuple[UUID, list[str]]]:
    """The organisations a person may act for today, each with the items and bundles they may act
    in; an empty list is every one."""
    held = Mandate.objects.holding(moment.today()).filter(agent=agent, organisation__isnull=False)
    return [
        (id, scope)
        for id, scope in held.order_by("since", "id").values_list("organisation", "scope")
        if id is not None
    ]


def acts_for_firm(agent: UUID, firm: UUID, what: str) -> bool:
    """Whether a person may act for an organisation today in this item or bundle."""
    return any(id == firm and (not scope or what in scope) for id, scope in firms_of(agent))


def agents_of(firm: UUID, what: str) -> list[UUID]:
    """Who may act for an organisation today in this item or bundle, its legal representative
    first."""
    held = Mandate.objects.holding(moment.today()).in_scope(what).filter(organisation=firm)
    by_law = held.filter(ground=Mandate.Ground.LEGAL_REPRESENTATIVE)
    ids = [*by_law.values_list("agent", flat=True), *held.values_list("agent", flat=True)]
    return list(dict.fromkeys(ids))


def organisations(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Organisations by id; unknown ids are left out."""
    return Organisation.objects.in_bulk(list(ids))


def hold_organisation(id: UUID) -> Organisation:
    """The organisation's row, held until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=id)


def represented_by(principal: Person) -> QuerySet[Mandate]:
    """Mandates by which others act for `principal` today."""
    held = Mandate.objects.holding(moment.today()).filter(person=principal)
    return held.select_related("agent").order_by("since", "id")


def account_of(person_id: UUID) -> Account | None:
    """The account of a person, if they have one."""
    return Account.objects.filter(person=person_id, is_active=True).first()


def demo_accounts() -> QuerySet[Account]:
    """Accounts of the demo city, in the order they were opened."""
    return Account.objects.filter(demo=True, is_active=True).order_by("id")


def hold_person(id: UUID) -> Person:
    """The person's row, held until the transaction ends."""
    return Person.objects.select_for_update().get(pk=id)


def nameless(people: Iterable[UUID]) -> set[UUID]:
    """Those of these people whose name was not written down yet (newborns)."""
    found = Person.objects.filter(pk__in=list(people), name="")
    return set(found.values_list("pk", flat=True))


def guards(guardian: UUID, ward: UUID) -> bool:
    """Whether one person may act for another without a last day."""
    return Mandate.objects.filter(agent=guardian, person=ward, until=None).exists()


def numbers_beginning(start: str) -> set[str]:
    """The identity numbers that begin with a region and a day of birth."""
    found = Person.objects.filter(id_number__startswith=start)
    return {str(number) for number in found.values_list("id_number", flat=True)}


def active_staff() -> list[Staff]:
    """Everybody who works for the city now, by their number."""
    return list(Staff.objects.filter(active=True).order_by("number"))


def colleague(id: str, department: str) -> Staff | None:
    """A member of staff by id, if still at work in this department."""
    return Staff.objects.filter(pk=id, active=True, department=department).first()


def people_numbered(numbers: Iterable[str]) -> dict[str, Person]:
    """People we have met, by their identity numbers."""
    found = Person.objects.filter(id_number__in=list(numbers))
    return {str(one.id_number): one for one in found}
