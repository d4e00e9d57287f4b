"""Offices with a matter before them, and how their staff come to it by HTTP."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client

from yiwang.cases.models import Case, Task
from yiwang.identity.actions import open_account, register_staff
from yiwang.identity.models import Account, Person, Staff
from yiwang.pack.pack import Pack
from yiwang.services.actions.draft import start
from yiwang.services.tests.family import BY, Family, actor, reply, settle, sign_and_send

HOSPITAL = ("maternity-hospital", "hospital-clerk")
POLICE = ("public-security", "household-officer")
HEALTH = ("health-commission", "health-clerk")
INSURANCE = ("medical-insurance", "insurance-clerk")


def at_desk(who: Person | Staff) -> Client:
    """A browser signed in as a member of staff (or a person)."""
    whose = {"staff": who} if isinstance(who, Staff) else {"person": who}
    name = who.number if isinstance(who, Staff) else f"p-{who.id_number}"
    client = Client(headers={"accept-language": "en"})
    account = Account.objects.filter(**whose).first() or open_account(name, None, by=BY, **whose)
    client.force_login(account)
    return client


def staff(department: str, role: str, number: str = "1", name: str = "办事员甲") -> Staff:
    """A member of staff of a department."""
    whole = f"{department}-{number}"[:20]
    return register_staff(name=name, number=whole, department=department, roles=[role], by=BY)


def sent(family: Family, *, key: str = "key-1", **more: str) -> Case:
    """The newborn bundle, answered and sent by the mother."""
    root = start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))
    reply(root, family.mother, **more)
    return sign_and_send(root, family.mother, key=key)


def uncertified(city: Pack, **more: str) -> Case:
    """A birth the hospital has not certified: its clerk decides first, the others wait."""
    return sent(settle(city, certified=False), **more)


def task_of(root: Case, what: str) -> Task:
    """What is to do on one item."""
    return Task.objects.get(
        case__root=root, case__what=what, state__in=("open", "claimed"), person=None
    )


def page(answer: HttpResponse) -> str:
    """The text of a page."""
    return answer.content.decode()
