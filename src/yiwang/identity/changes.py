"""How changes of departments and roles are told.

Filled into the pack room's table when this module is imported.
"""

from __future__ import annotations

from yiwang.identity.permission_names import PERMISSIONS
from yiwang.kernel.words import Text
from yiwang.pack.diff import SENTENCES, Phrase, Value, shown
from yiwang.pack.pack import Pack


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _permission(name: Value, _: Pack) -> Text:
    return PERMISSIONS.get(str(name)) or shown(name)


_DEPARTMENT = (
    Phrase(
        "",
        added=_t("新部门：{title}。", "New department: {title}."),
        removed=_t("部门取消：{title}。", "Department gone: {title}."),
    ),
    Phrase("phone", changed=_t("{title}电话改为 {after}。", "{title}: phone {after}.")),
    Phrase(
        "complaint_phone",
        changed=_t("{title}投诉电话改为 {after}。", "{title}: complaints to {after}."),
    ),
    Phrase("address", changed=_t("{title}搬到{after}。", "{title} moves to {after}.")),
    Phrase("hours", changed=_t("{title}办公时间改为{after}。", "{title} opens {after}.")),
)
_ROLE = (
    Phrase(
        "",
        added=_t("新岗位：{title}。", "New role: {title}."),
        removed=_t("岗位取消：{title}。", "Role gone: {title}."),
    ),
    Phrase(
        "permissions.*",
        added=_t("「{title}」可以{name}了。", "{title} may now {name}."),
        removed=_t("「{title}」不能再{name}。", "{title} may no longer {name}."),
        shown=_permission,
    ),
    Phrase(
        "services.*",
        added=_t("「{title}」多管一个事项：{name}。", "{title} now also handles {name}."),
        removed=_t("「{title}」不再管事项：{name}。", "{title} no longer handles {name}."),
    ),
)

SENTENCES.add("department", _DEPARTMENT)
SENTENCES.add("role", _ROLE)
