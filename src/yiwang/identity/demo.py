"""The demo city's accounts, grouped as a visitor looks for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from yiwang.identity.declarations import Department, Role
from yiwang.identity.models import Account, Staff
from yiwang.identity.queries import demo_accounts
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current


@dataclass(frozen=True)
class DemoSignIn:
    """One account: its id and user name, who it is, and what signing in as them shows."""

    id: str
    username: str
    name: str
    story: Text | str


@dataclass(frozen=True)
class DemoGroup:
    """Accounts under one heading."""

    title: Text | str
    accounts: tuple[DemoSignIn, ...]


def demo_groups() -> list[DemoGroup]:
    """Residents first, then staff by department, in the order the pack declares them."""
    pack = current()
    accounts = list(demo_accounts())
    residents = tuple(_resident(one) for one in accounts if one.staff is None)
    groups = [DemoGroup(gettext("Residents"), residents)] if residents else []
    for id, department in pack.all(Department).items():
        staff = [one for one in accounts if one.staff and one.staff.department == id]
        if staff:
            groups.append(DemoGroup(department.title, tuple(_staff(one, pack) for one in staff)))
    return groups


def _resident(account: Account) -> DemoSignIn:
    name = account.person.name if account.person else ""
    return DemoSignIn(str(account.id), account.username, name, _story(account))


def _staff(account: Account, pack: Pack) -> DemoSignIn:
    assert account.staff is not None
    story = _story(account) or _duties(account.staff, pack)
    return DemoSignIn(str(account.id), account.username, account.staff.name, story)


def _story(account: Account) -> Text | str:
    return Text(**account.story) if {"zh", "en"} <= set(account.story) else ""


def _duties(staff: Staff, pack: Pack) -> Text | str:
    roles = pack.all(Role)
    titles = [roles[id].title for id in staff.roles if id in roles]
    if not titles:
        return ""
    return Text(zh="、".join(t.zh for t in titles), en=", ".join(t.en for t in titles))
