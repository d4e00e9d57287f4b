"""Every write of this room: people, organisations, staff, accounts, mandates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yiwang.identity.models import Account, Mandate, Organisation, Person, Staff
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotFound, Refusal
from yiwang.kernel.identifiers import is_credit_code, is_identity_number
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record

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
    person = _locked(Person, person_id)
    if person.id_number == number:
        return person
    if person.id_number is not None:
        raise Refusal(NUMBER_STANDS)
    if Person.objects.filter(id_number=number).exists():
        raise Refusal(NUMBER_TAKEN)
    before = _row(person)
    person.id_number = number
    person.save(update_fields=["id_number"])
    _recorded("identity.number_given", person, before, by=by, about=[person.id])
    return person


@transaction.atomic
def name_person(person_id: UUID, name: str, *, by: Actor) -> Person:
    """Write down a person's name (a newborn is named after we met them)."""
    person = _locked(Person, person_id)
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
        _recorded("identity.organisation_added", found, None, by=by, about=[found.id])
    return found


@transaction.atomic
def register_staff(
    *, name: str, number: str, department: str, roles: Iterable[str], by: Actor
) -> Staff:
    """Take someone on, or change their department and roles: `number` says who they are."""
    staff = Staff.objects.select_for_update().filter(number=number).first()
    before = staff and _row(staff)
    staff = staff or Staff(number=number)
    staff.name, staff.department, staff.roles = name, department, sorted(set(roles))
    staff.active = True
    if before == _row(staff):
        return staff
    staff.save()
    _recorded("identity.staff_registered", staff, before, by=by, about=[staff.id])
    return staff


@transaction.atomic
def retire_staff(staff_id: UUID, *, by: Actor) -> Staff:
    """Let someone go: from here on they may do nothing; what they did stays theirs."""
    staff = _locked(Staff, staff_id)
    if not staff.active:
        return staff
    before = _row(staff)
    staff.active = False
    staff.save(update_fields=["active"])
    Account.objects.filter(staff=staff).update(is_active=False)
    _recorded("identity.staff_retired", staff, before, by=by, about=[staff.id])
    return staff


@transaction.atomic
def open_account(
    username: str,
    password: str | None,
    *,
    by: Actor,
    person: Person | None = None,
    staff: Staff | None = None,
    phone: str = "",
    email: str = "",
    assurance: int = 2,
    demo: bool = False,
    story: Mapping[str, str] | None = None,
    password_hash: str = "",
) -> Account:
    """A way to sign in for a person or a member of staff (exactly one of the two).

    None as password: nobody signs in with one. `password_hash` (from make_password) spares the
    hashing where many accounts share one password. The same user name again changes its details.
    Raises Refusal where the name belongs to somebody else.
    """
    name = username.strip().lower()
    account = Account.objects.select_for_update(of=("self",)).filter(username=name).first()
    if account is not None and (account.person, account.staff) != (person, staff):
        raise Refusal(
            Text(
                zh="用户名“{name}”已有人使用，请换一个。",
                en="The user name “{name}” is taken; choose another.",
            ).filled(name=name)
        )
    before = account and _contact(account)
    account = account or Account(username=name, person=person, staff=staff)
    account.phone, account.email, account.assurance = phone, email, assurance
    account.demo, account.story, account.is_active = demo, dict(story or {}), True
    account.password = password_hash or make_password(password)
    account.save()
    whose = person or staff
    assert whose is not None
    changes = [Change.of("identity_account", account.id, before=before, after=_contact(account))]
    record("identity.account_opened", by=by, about=[whose.id], changes=changes)
    return account


@transaction.atomic
def grant_mandate(
    *,
    agent: Person,
    by: Actor,
    ground: Mandate.Ground,
    basis: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
    scope: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Mandate:
    """Let `agent` act for a person or an organisation (exactly one), in the items of `scope`.

    Empty scope: in every item. `until` is the last day. Granting the same again answers the
    mandate that stands. Raises BadInput where agent and principal are one, or it ends before it
    begins.
    """
    since = since or moment.today()
    _judge_mandate(agent, person, organisation, since, until)
    terms: dict[str, Any] = {
        "agent": agent,
        "person": person,
        "organisation": organisation,
        "ground": ground,
        "scope": sorted(set(scope)),
        "until": until,
        "basis": basis,
    }
    standing = Mandate.objects.holding(since).filter(**terms).first()
    if standing is not None:
        return standing
    mandate = Mandate.objects.create(**terms, since=since)
    _recorded("identity.mandate_granted", mandate, None, by=by, about=_sides(mandate), basis=basis)
    return mandate


@transaction.atomic
def end_mandate(mandate_id: UUID, *, by: Actor) -> Mandate:
    """End a mandate at once. Ended already: nothing changes."""
    mandate = _locked(Mandate, mandate_id)
    if mandate.ended_at is not None:
        return mandate
    before = _row(mandate)
    mandate.ended_at = moment.now()
    mandate.save(update_fields=["ended_at"])
    _recorded("identity.mandate_ended", mandate, before, by=by, about=_sides(mandate))
    return mandate


# ---- judging ---------------------------------------------------------------------------------


def _checked_number(value: str) -> str:
    number = value.strip().upper()
    if not is_identity_number(number):
        raise BadInput("id_number", WRONG_NUMBER)
    return number


def _judge_mandate(
    agent: Person,
    person: Person | None,
    organisation: Organisation | None,
    since: date,
    until: date | None,
) -> None:
    if (person is None) == (organisation is None):
        raise ValueError("a mandate is for a person or for an organisation")
    if agent == person:
        raise BadInput(
            "agent",
            Text(
                zh="本人办理无需授权，请选择另一位代理人。",
                en="No mandate is needed to act for yourself; choose somebody else.",
            ),
        )
    if until is not None and until < since:
        raise BadInput(
            "until",
            Text(
                zh="结束日期早于开始日期，请改为开始之后的日期。",
                en="It ends before it begins; choose a later last day.",
            ),
        )


# ---- changing and recording ------------------------------------------------------------------


def _new_person(number: str | None, name: str, by: Actor) -> Person:
    if number is None:
        person, new = Person.objects.create(name=name), True
    else:
        person, new = Person.objects.get_or_create(id_number=number, defaults={"name": name})
    if new:
        _recorded("identity.person_added", person, None, by=by, about=[person.id])
    return person


def _named(person: Person, name: str, by: Actor) -> Person:
    before = _row(person)
    person.name = name
    person.save(update_fields=["name"])
    _recorded("identity.person_named", person, before, by=by, about=[person.id])
    return person


def _locked(model: type[Any], id: UUID) -> Any:
    found = model.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise NotFound(Text(zh="没有找到这条记录。", en="There is no such record."))
    return found


def _row(one: Any) -> dict[str, Any]:
    """The columns of a row, as they are digested."""
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def _contact(account: Account) -> dict[str, Any]:
    """The columns of an account that an act may know of: never the password."""
    names = ("username", "person_id", "staff_id", "phone", "email", "assurance", "is_active")
    return {name: getattr(account, name) for name in names}


def _sides(mandate: Mandate) -> list[UUID]:
    ids = (mandate.agent_id, mandate.person_id, mandate.organisation_id)
    return [one for one in ids if one is not None]


def _recorded(
    what: str, row: Any, before: object, *, by: Actor, about: list[UUID], basis: str = ""
) -> None:
    change = Change.of(row._meta.db_table, row.id, before=before, after=_row(row))
    record(what, by=by, about=about, basis=basis, changes=[change])
