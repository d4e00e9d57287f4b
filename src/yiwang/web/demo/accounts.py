"""The demo's sign-ins, for people and for machines. `docs/reference/schemas/demo-accounts.json`
says what the machines get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from yiwang.identity.declarations import Department, Role
from yiwang.identity.models import Account
from yiwang.identity.queries import demo_accounts
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.web.demo.files import read

NOT_DEMO = Text(
    zh="这不是演示城市，没有公开的账号。",
    en="This is not a demo city: it has no sign-ins to tell.",
)
NONE_YET = Text(
    zh="还没有演示账号。请先运行 yiwang demo load。",
    en="There are no demo sign-ins yet. Run yiwang demo load first.",
)
RESIDENTS = Text(zh="居民", en="Residents")


def told() -> dict[str, Any]:
    """Every demo sign-in with its password, grouped: residents, then departments as declared.

    Raises Refusal outside the demo: passwords are told nowhere else.
    """
    if not settings.DEMO:
        raise Refusal(NOT_DEMO)
    accounts = list(demo_accounts())
    if not accounts:
        raise Refusal(NONE_YET)
    demo, pack = read(Path(settings.PACK)), current()
    order = [
        one.account for family in demo.people.families
        for one in (family.mother, family.father, *family.elders) if one
    ] + [clerk.account for clerk in demo.people.staff]  # fmt: skip
    rank = {name: n for n, name in enumerate(order)}
    accounts.sort(key=lambda one: (rank.get(one.username, len(rank)), one.username))
    residents = [one for one in accounts if one.staff is None]
    groups = [_group("residents", RESIDENTS, residents, demo.people.password, pack)]
    for id, department in pack.all(Department).items():
        inside = [one for one in accounts if one.staff and one.staff.department == id]
        groups.append(_group(id, department.title, inside, demo.people.password, pack))
    return {"groups": [group for group in groups if group["accounts"]]}


def _group(
    id: str, title: Text, accounts: list[Account], password: str, pack: Pack
) -> dict[str, Any]:
    return {
        "id": id,
        "title": title.model_dump(),
        "accounts": [_account(one, password, pack) for one in accounts],
    }


def _account(one: Account, password: str, pack: Pack) -> dict[str, Any]:
    known = pack.all(Role)
    roles = [known[id] for id in one.staff.roles if id in known] if one.staff else []
    story = one.story or _together([role.about for role in roles]).model_dump()
    whose = one.staff or one.person
    return {
        "username": one.username,
        "password": password,
        "kind": "staff" if one.staff else "resident",
        "name": whose.name if whose else "",
        "department": one.staff.department if one.staff else None,
        "roles": [{"id": role.id, "title": role.title.model_dump()} for role in roles],
        "story": {"zh": story.get("zh", ""), "en": story.get("en", "")},
    }


def _together(texts: list[Text]) -> Text:
    return Text(zh="".join(one.zh for one in texts), en=" ".join(one.en for one in texts))
