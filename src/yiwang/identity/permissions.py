"""What staff may do: permissions have names, roles of the pack hold them, all else is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.identity.declarations import Department, Role
from yiwang.identity.models import Staff
from yiwang.identity.permission_names import CITY_WIDE, OF_ALL_STAFF, PERMISSIONS
from yiwang.kernel.errors import NotAllowed
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current

__all__ = ["CITY_WIDE", "PERMISSIONS", "holds", "permissions_of", "require", "services_of"]


@dataclass(frozen=True)
class Allowed:
    """What one role allows; `services` empty: in every item."""

    permissions: frozenset[str]
    services: frozenset[str]

    def holds(self, permission: str, service: str | None) -> bool:
        """Whether the role has this permission in this item (None: in any)."""
        reaches = service is None or not self.services or service in self.services
        return reaches and permission in self.permissions


def holds(
    staff: Staff, permission: str, *, department: str | None = None, service: str | None = None
) -> bool:
    """Whether `staff` may do what `permission` names, for `department`, in `service`.

    None for either asks whether they may anywhere. A department other than their own is out of
    reach unless the permission is city-wide. Raises NoPack while no pack is loaded.
    """
    if not staff.active:
        return False
    if permission in OF_ALL_STAFF:
        return True
    if department not in (None, staff.department) and permission not in CITY_WIDE:
        return False
    by_role = current().memo("identity.allowed", _by_role)
    roles = (by_role[role] for role in staff.roles if role in by_role)
    return any(role.holds(permission, service) for role in roles)


def require(
    staff: Staff | None,
    permission: str,
    *,
    department: str | None = None,
    service: str | None = None,
) -> None:
    """Raise NotAllowed, in plain words, unless `staff` holds the permission there."""
    if staff is not None and holds(staff, permission, department=department, service=service):
        return
    raise NotAllowed(_refusal(staff, permission, department))


def permissions_of(staff: Staff) -> frozenset[str]:
    """Every permission some role of `staff` names."""
    if not staff.active:
        return frozenset()
    by_role = current().memo("identity.allowed", _by_role)
    return frozenset().union(*(by_role[r].permissions for r in staff.roles if r in by_role))


def services_of(staff: Staff, permission: str) -> frozenset[str] | None:
    """The items in which some role of `staff` has this permission; None: in every item."""
    if not staff.active:
        return frozenset()
    by_role = current().memo("identity.allowed", _by_role)
    roles = [by_role[r] for r in staff.roles if r in by_role]
    reach = [role.services for role in roles if permission in role.permissions]
    return None if any(not services for services in reach) else frozenset().union(*reach)


def _by_role(pack: Pack) -> Mapping[str, Allowed]:
    return {
        id: Allowed(frozenset(role.permissions), frozenset(role.services))
        for id, role in pack.all(Role).items()
    }


def _refusal(staff: Staff | None, permission: str, department: str | None) -> Text:
    what = PERMISSIONS.get(permission) or Text(zh=permission, en=permission)
    if staff is not None and department not in (None, staff.department) and department:
        owner = current().all(Department).get(department)
        name = owner.title if owner else Text(zh=department, en=department)
        return Text(
            zh="这件事由{owner}办理，您所在的部门不能代办。如有疑问，请联系该部门。",
            en="This is handled by {owner}; your department cannot do it in its place. "
            "If in doubt, contact them.",
        ).filled(owner=name)
    return Text(
        zh="您的岗位没有“{what}”的权限。如工作需要，请向本部门负责人申请。",
        en="Your role does not allow you to {what}. If your work needs it, ask your head of "
        "office.",
    ).filled(what=what)
