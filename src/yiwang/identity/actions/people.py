"""Meeting people and organisations: each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yiwang.identity.actions.row import locked, recorded, row_of
from yiwang.identity.models import Organisation, Person
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.identifiers import is_credit_code, is_identity_number
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record

WRONG_NUMBER = Text(
    zh="这个公民身份号码不对。请对照身份证或户口簿，逐位核对18位号码。",
    en="This identity number is not right. Check its 18 characters against the identity card or "
    "household register.",
)

WRONG_CODE = Text(
    zh="这个统一社会信用代码不对。请对照营业执照，逐位核对18位代码。",
    en="This unified social credit code is not right. Check its 18 characters against the "
    "business licence.",
)

NUMBER_TAKEN = Text(
    zh="这个公民身份号码已属于另一个人。请核对号码；如仍不符，请联系公安部门。",
    en="This identity number already belongs to someone else. Check it; if it still does not "
    "fit, contact the police.",
)

NUMBER_STANDS = Text(
    zh="此人已有公民身份号码，不能另给一个。",
    en="This person already has an identity number and cannot be given another.",
)


@transaction.atomic
def person_for(id_number: str | None, name: str = "", *, by: Actor) -> Person:
    """The person with this identity number, met for the first time if need be.

    Without a number (a newborn) every call makes a new person. A name is taken only where none
    stands. Raises BadInput("id_number") for a number that is not well formed.
    """
    number = _checked_number(id_number) if id_number else None
    if number is None:
        return _new_person(None, name, by)
    known = Person.objects.filter(id_number=number).first()
    if known is None:
        return _new_person(number, name, by)
    if name and not known.name:
        return _named(known, name, by)
    return known


@transaction.atomic
def people_for(names: Mapping[str, str], *, by: Actor) -> dict[str, Person]:
    """Many at once: identity number → name gives identity number → person.

    Those not met before are added under one act. Raises BadInput like `person_for`.
    """
    wanted = {_checked_number(number): name for number, name in names.items()}
    known = {one.id_number for one in Person.objects.filter(id_number__in=wanted)}
    missing = sorted(wanted.keys() - known)  # in one order everywhere: no deadlock
    fresh = [Person(id_number=number, name=wanted[number]) for number in missing]
    Person.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2000)
    found = {str(p.id_number): p for p in Person.objects.filter(id_number__in=wanted)}
    if fresh:
        added = [found[str(one.id_number)].id for one in fresh]
        record("identity.people_added", by=by, about=added)
    return found


def persons_for(id_numbers: Iterable[str], *, by: Actor) -> dict[str, UUID]:
    """Ids of the persons who bear these identity numbers; those not met before are added.

    One query where all are known already. Raises BadInput like `person_for`.
    """
    wanted = {_checked_number(number) for number in id_numbers}
    rows = Person.objects.filter(id_number__in=wanted).values_list("id_number", "id")
    found = {str(number): id for number, id in rows} if wanted else {}
    if missing := wanted - found.keys():
        fresh = people_for(dict.fromkeys(missing, ""), by=by)
        found |= {number: person.id for number, person in fresh.items()}
    return found


@transaction.atomic
def give_number(person_id: UUID, id_number: str, *, by: Actor) -> Person:
    """Give a person their identity number, once. The same again changes nothing.

    Raises BadInput for a malformed number, Refusal where another stands or another bears it.
    """
    number = _checked_number(id_number)
    person = locked(Person, person_id)
    if person.id_number == number:
        return person
    if person.id_number is not None:
        raise Refusal(NUMBER_STANDS)
    if Person.objects.filter(id_number=number).exists():
        raise Refusal(NUMBER_TAKEN)
    before = row_of(person)
    person.id_number = number
    person.save(update_fields=["id_number"])
    recorded("identity.number_given", person, before, by=by, about=[person.id])
    return person


@transaction.atomic
def name_person(person_id: UUID, name: str, *, by: Actor) -> Person:
    """Write down a person's name (a newborn is named after we met them)."""
    person = locked(Person, person_id)
    return person if person.name == name else _named(person, name, by)


@transaction.atomic
def organisation_for(credit_code: str, name: str, *, by: Actor) -> Organisation:
    """The organisation with this credit code, met for the first time if need be.

    Raises BadInput("credit_code") for a code that is not well formed.
    """
    code = credit_code.strip().upper()
    if not is_credit_code(code):
        raise BadInput("credit_code", WRONG_CODE)
    found, new = Organisation.objects.get_or_create(credit_code=code, defaults={"name": name})
    if new:
        recorded("identity.organisation_added", found, None, by=by, about=[found.id])
    return found


@transaction.atomic
def organisations_for(names: Mapping[str, str], *, by: Actor) -> dict[str, Organisation]:
    """Many at once: credit code → name gives credit code → organisation.

    Those not met before are added under one act. The codes are well formed.
    """
    known = {str(one.credit_code): one for one in _with_codes(names)}
    missing = sorted(names.keys() - known.keys())  # in one order everywhere: no deadlock
    if missing:
        fresh = [Organisation(credit_code=code, name=names[code]) for code in missing]
        Organisation.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2000)
        known = {str(one.credit_code): one for one in _with_codes(names)}
        about = [known[code].id for code in missing]
        record("identity.organisations_added", by=by, about=about)
    return known


def _with_codes(codes: Iterable[str]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(credit_code__in=list(codes))


def _checked_number(value: str) -> str:
    number = value.strip().upper()
    if not is_identity_number(number):
        raise BadInput("id_number", WRONG_NUMBER)
    return number


def _new_person(number: str | None, name: str, by: Actor) -> Person:
    if number is None:
        person, new = Person.objects.create(name=name), True
    else:
        person, new = Person.objects.get_or_create(id_number=number, defaults={"name": name})
    if new:
        recorded("identity.person_added", person, None, by=by, about=[person.id])
    return person


def _named(person: Person, name: str, by: Actor) -> Person:
    before = row_of(person)
    person.name = name
    person.save(update_fields=["name"])
    recorded("identity.person_named", person, before, by=by, about=[person.id])
    return person
