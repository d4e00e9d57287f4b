"""What divisions, departments and roles must satisfy beyond their shape. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from yiwang.identity.permission_names import PERMISSIONS
from yiwang.kernel.words import Text
from yiwang.pack.cycles import cycles
from yiwang.pack.declaration import Problem
from yiwang.pack.pack import Pack
from yiwang.pack.shape_faults import did_you_mean

if TYPE_CHECKING:
    from yiwang.identity.declarations import City, Department, Division, Role

LEVELS = ("city", "district", "street", "community", "cell")
_LEVEL_NAMES = {
    "city": Text(zh="市", en="city"),
    "district": Text(zh="区县", en="district"),
    "street": Text(zh="街道", en="street"),
    "community": Text(zh="社区", en="community"),
    "cell": Text(zh="网格", en="grid cell"),
}


def city(pack: Pack) -> Iterator[Problem]:
    """The city stands at the root of its divisions."""
    for one in cast("Mapping[str, City]", pack.of_kind("city")).values():
        division = _divisions(pack).get(one.division)
        if division is not None and division.level != "city":
            yield Problem(
                "city",
                one.id,
                ("division",),
                Text(
                    zh=f"「{one.division}」不是全市，是{_LEVEL_NAMES[division.level].zh}。",
                    en=f"“{one.division}” is not the whole city but a "
                    f"{_LEVEL_NAMES[division.level].en}.",
                ),
                Text(
                    zh="写 level 为 city 的那个区划。", en="Name the division whose level is city."
                ),
                code="not-the-city",
            )


def divisions(pack: Pack) -> Iterator[Problem]:
    """One root, no circle, and each division inside one of a higher level."""
    declared = _divisions(pack)
    yield from _circles("division", declared)
    roots = [one for one in declared.values() if one.parent is None]
    for one in roots[1:]:
        yield Problem(
            "division",
            one.id,
            (),
            Text(
                zh=f"没有写上级区划；最上面一级已经是「{roots[0].id}」。",
                en=f"It has no parent, but “{roots[0].id}” is the topmost division already.",
            ),
            Text(zh="加上「parent: …」。", en="Add “parent: …”."),
            code="second-root",
        )
    for one in declared.values():
        parent = declared.get(one.parent or "")
        if parent is not None and LEVELS.index(parent.level) >= LEVELS.index(one.level):
            yield _level_problem(one, parent)


def departments(pack: Pack) -> Iterator[Problem]:
    """No circle; a complaint does not ring at the desk complained of; people learn the hours."""
    declared = cast("Mapping[str, Department]", pack.of_kind("department"))
    yield from _circles("department", declared)
    for one in declared.values():
        if one.phone == one.complaint_phone:
            yield _finding(
                one.id,
                "complaint_phone",
                Text(
                    zh="投诉电话和咨询电话是同一个。",
                    en="Complaints go to the same number as questions.",
                ),
                Text(
                    zh="写一个由别的科室接听的投诉电话。",
                    en="Give a number that another office answers.",
                ),
                code="same-phone",
            )
        if not one.hours.zh or not one.hours.en:
            yield _finding(
                one.id,
                "hours",
                Text(zh="没有写办公时间。", en="The opening hours are empty."),
                Text(
                    zh="写明哪几天、几点到几点，中英文都写。",
                    en="Say on which days, from when to when, in both languages.",
                ),
                code="no-hours",
            )


def roles(pack: Pack) -> Iterator[Problem]:
    """Every permission a role names is one the program knows."""
    for one in cast("Mapping[str, Role]", pack.of_kind("role")).values():
        for n, permission in enumerate(one.permissions):
            if permission in PERMISSIONS:
                continue
            near = did_you_mean(permission, PERMISSIONS)
            listed = ", ".join(sorted(PERMISSIONS))
            yield Problem(
                "role",
                one.id,
                ("permissions", n),
                Text(
                    zh=f"没有「{permission}」这项权限。",
                    en=f"There is no permission “{permission}”.",
                ),
                Text(
                    zh=(f"是不是「{near}」？" if near else "") + f"可用的：{listed}。",
                    en=(f"Did you mean “{near}”? " if near else "") + f"Permissions are: {listed}.",
                ),
                code="unknown-permission",
            )


def _divisions(pack: Pack) -> Mapping[str, Division]:
    return cast("Mapping[str, Division]", pack.of_kind("division"))


def _circles(
    kind: str, declared: Mapping[str, Division] | Mapping[str, Department]
) -> Iterator[Problem]:
    leads = {id: [one.parent] if one.parent else [] for id, one in declared.items()}
    for circle in cycles(leads):
        way = " → ".join([*circle, circle[0]])
        yield Problem(
            kind,
            circle[0],
            ("parent",),
            Text(zh=f"上级绕成了一圈：{way}。", en=f"The parents form a circle: {way}."),
            Text(zh="改掉其中一个的 parent。", en="Change the parent of one of them."),
            code="cycle",
        )


def _level_problem(one: Division, parent: Division) -> Problem:
    mine, above = _LEVEL_NAMES[one.level], _LEVEL_NAMES[parent.level]
    return Problem(
        "division",
        one.id,
        ("parent",),
        Text(
            zh=f"{mine.zh}不能在{above.zh}「{parent.id}」下面。",
            en=f"A {mine.en} cannot lie inside the {above.en} “{parent.id}”.",
        ),
        Text(
            zh="级别由高到低：市、区县、街道、社区、网格。",
            en="From high to low: city, district, street, community, grid cell.",
        ),
        code="level",
    )


def _finding(id: str, field: str, what: Text, remedy: Text, *, code: str) -> Problem:
    return Problem("department", id, (field,), what, remedy, severity="finding", code=code)
