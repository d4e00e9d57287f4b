"""Taking staff on, letting them go, and opening accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yiwang.identity.actions.row import locked, recorded, row_of
from yiwang.identity.models import Account, Person, Staff
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, record


@transaction.atomic
def register_staff(
    *, name: str, number: str, department: str, roles: Iterable[str], by: Actor
) -> Staff:
    """Take someone on, or change their department and roles: `number` says who they are."""
    staff = Staff.objects.select_for_update().filter(number=number).first()
    before = staff and row_of(staff)
    staff = staff or Staff(number=number)
    staff.name, staff.department, staff.roles = name, department, sorted(set(roles))
    staff.active = True
    if before == row_of(staff):
        return staff
    staff.save()
    recorded("identity.staff_registered", staff, before, by=by, about=[staff.id])
    return staff


@transaction.atomic
def retire_staff(staff_id: UUID, *, by: Actor) -> Staff:
    """Let someone go: from here on they may do nothing; what they did stays theirs."""
    staff = locked(Staff, staff_id)
    if not staff.active:
        return staff
    before = row_of(staff)
    staff.active = False
    staff.save(update_fields=["active"])
    Account.objects.filter(staff=staff).update(is_active=False)
    recorded("identity.staff_retired", staff, before, by=by, about=[staff.id])
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


def _contact(account: Account) -> dict[str, Any]:
    """The columns of an account that an act may know of: never the password."""
    names = ("username", "person_id", "staff_id", "phone", "email", "assurance", "is_active")
    return {name: getattr(account, name) for name in names}
