"""The names of permissions and what they allow; rooms add theirs when they load. No database."""

from __future__ import annotations

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text

PERMISSIONS: Registry[Text] = Registry("permission")
"""Name of a permission → what it allows, so that “you may …” reads well."""

CITY_WIDE: set[str] = set()
"""Permissions that reach beyond the holder's own department."""


OF_ALL_STAFF: set[str] = set()
"""Permissions every active member of staff has, whatever their roles."""


def permission(name: str, *, zh: str, en: str, city_wide: bool = False) -> None:
    """Name a permission; a role of the pack may then hold it."""
    PERMISSIONS.add(name, Text(zh=zh, en=en))
    if city_wide:
        CITY_WIDE.add(name)


permission("packs.view", zh="查看城市配置", en="view the city's declarations", city_wide=True)
permission("packs.load", zh="发布城市配置", en="make the city's declarations live", city_wide=True)
permission("operations.view", zh="查看系统运行情况", en="see how the system runs", city_wide=True)
permission("desk.enter", zh="进入工作台", en="enter the desk", city_wide=True)
OF_ALL_STAFF.add("desk.enter")
permission("supervision.view", zh="监督各部门办理情况", en="supervise departments", city_wide=True)
